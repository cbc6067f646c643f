import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { encodeConfigUpdateEnvelope } from '@yici/ledger';
import {
  configSignatureMessage,
  createSigner,
  encodeIdentity,
  encodeSignatureHeader,
} from '@yici/ledger';
import { z } from 'zod';
import { writeAtomically } from '../atomic.js';
import type { IdentityFiles } from '../pki/read.js';
import { changeInvalid } from './refusals.js';

const base64 = (most: number) => z.base64().max(most);

/** A proposed change as it goes from department to department. */
const changeFile = z.strictObject({
  v: z.literal(1),
  channel: z.string(),
  /** Sequence of the config that it was made for. */
  sequence: z.int().min(0),
  /** The kind of change with its arguments, for the topology; what is signed is `update` alone. */
  change: z.strictObject({ name: z.string(), given: z.unknown() }),
  /** `common.ConfigUpdate` bytes. */
  update: base64(4_000_000),
  signatures: z.array(z.strictObject({ header: base64(16_384), signature: base64(1024) })).max(200),
});
export type ChangeFile = z.output<typeof changeFile>;

/** common.ConfigUpdateEnvelope. */
export type SignedUpdate = Parameters<typeof encodeConfigUpdateEnvelope>[0];

/** @throws NetworkError CHANGE_INVALID */
export function readChange(file: string): ChangeFile {
  try {
    return changeFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const issues =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
        : [];
    const words = {
      zh: `${file} 不是 channel propose 写出的文件。`,
      en: `${file} is no file of channel propose.`,
    };
    throw changeInvalid(words, { file, issues }, cause);
  }
}

export function writeChange(file: string, change: ChangeFile): void {
  writeAtomically(file, `${JSON.stringify(change, undefined, 2)}\n`);
}

export const updateOf = ({ update }: ChangeFile): Uint8Array => Buffer.from(update, 'base64');

/** SHA-256 of what is signed, hex in groups of four: the number by which people compare a change. */
export function changeFingerprint(change: ChangeFile): string {
  const hash = createHash('sha256').update(updateOf(change)).digest('hex');
  return hash.replace(/(.{4})(?!$)/g, '$1 ');
}

export function signedUpdate(change: ChangeFile): SignedUpdate {
  return {
    configUpdate: updateOf(change),
    signatures: change.signatures.map(({ header, signature }) => ({
      signatureHeader: Buffer.from(header, 'base64'),
      signature: Buffer.from(signature, 'base64'),
    })),
  };
}

/** The change with one more signature. */
export function withSignature(change: ChangeFile, admin: IdentityFiles): ChangeFile {
  const creator = encodeIdentity(admin.mspId, admin.certificatePem);
  const header = encodeSignatureHeader({ creator, nonce: randomBytes(24) });
  const signature = createSigner(admin.keyPem)(configSignatureMessage(header, updateOf(change)));
  const added = {
    header: Buffer.from(header).toString('base64'),
    signature: Buffer.from(signature).toString('base64'),
  };
  return { ...change, signatures: [...change.signatures, added] };
}

/**
 * Copies of one change, signed by different departments, as one.
 * @throws NetworkError CHANGE_INVALID when they are not copies of the same change
 */
export function merged([first, ...others]: readonly [ChangeFile, ...ChangeFile[]]): ChangeFile {
  const other = others.find(({ update }) => update !== first.update);
  if (other !== undefined) {
    throw changeInvalid(
      {
        zh: '所给文件不是同一项更改：指纹不同。',
        en: 'The files are not of the same change: their fingerprints differ.',
      },
      { fingerprints: [first, other].map(changeFingerprint) },
    );
  }
  const all = [first, ...others].flatMap(({ signatures }) => signatures);
  const distinct = new Map(all.map((each) => [each.signature, each]));
  return { ...first, signatures: [...distinct.values()] };
}
