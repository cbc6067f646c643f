import { randomBytes } from 'node:crypto';
import { configSignatureMessage, type ConfigUpdateEnvelope } from '../config/envelopes.js';
import { sha256 } from '../crypto/hash.js';
import { encodeSignatureHeader } from '../envelope/headers.js';

/** A proposed change of the channel as it goes from department to department; bytes are base64. */
export interface ChangeFile {
  readonly v: 1;
  readonly channel: string;
  /** Sequence of the config that it was made for. */
  readonly sequence: number;
  /** The kind of change with its arguments, for the topology; what is signed is `update` alone. */
  readonly change: { readonly name: string; readonly given: unknown };
  /** `common.ConfigUpdate` bytes. */
  readonly update: string;
  readonly signatures: readonly ChangeSignature[];
}

/** A `common.SignatureHeader`, which names who signs, and the signature over it and the update. */
export interface ChangeSignature {
  readonly header: string;
  readonly signature: string;
}

export const updateOf = ({ update }: Pick<ChangeFile, 'update'>): Uint8Array =>
  Buffer.from(update, 'base64');

/** SHA-256 of what is signed, hex: the change's name among all changes. */
export const changeId = (change: Pick<ChangeFile, 'update'>): string =>
  Buffer.from(sha256(updateOf(change))).toString('hex');

/** {@link changeId} in groups of four, by which people compare a change. */
export const changeFingerprint = (change: Pick<ChangeFile, 'update'>): string =>
  changeId(change).replace(/(.{4})(?!$)/g, '$1 ');

/** As orderers take it. */
export function signedUpdate(change: ChangeFile): ConfigUpdateEnvelope {
  return {
    configUpdate: updateOf(change),
    signatures: change.signatures.map(({ header, signature }) => ({
      signatureHeader: Buffer.from(header, 'base64'),
      signature: Buffer.from(signature, 'base64'),
    })),
  };
}

/** What an administrator signs, and the change with that signature. */
export function signingOf(change: ChangeFile, creator: Uint8Array) {
  const header = encodeSignatureHeader({ creator, nonce: randomBytes(24) });
  return {
    message: configSignatureMessage(header, updateOf(change)),
    with: (signature: Uint8Array): ChangeFile =>
      withSignatures(change, [
        ...change.signatures,
        { header: base64(header), signature: base64(signature) },
      ]),
  };
}

/** The change with these signatures, each once. */
export const withSignatures = (
  change: ChangeFile,
  all: readonly ChangeSignature[],
): ChangeFile => ({
  ...change,
  signatures: [...new Map(all.map((each) => [each.signature, each])).values()],
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
