import {
  LedgerError,
  endorsementParts,
  headerType,
  identify,
  mostIdentityBytes,
  parseEnvelope,
  readTransaction,
  type ChannelConfig,
  type ParsedEnvelope,
  type Reading,
  type ValidatedIdentity,
  type Verify,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { SignatureMemo } from '../commit/signature-memo.js';

/** common.Status as an orderer answers it. */
export const broadcastStatus = {
  badRequest: 400,
  forbidden: 403,
  notFound: 404,
  unavailable: 503,
} as const;

const WRITERS = '/Channel/Writers';

/**
 * What comes to stand in a block. Fabric's orderers take in every type but two; those of SmartBFT then refuse to put the
 * others into a block, each leader's proposal anew, and order nothing more (orderer/consensus/smartbft/verifier.go).
 */
const ordered: ReadonlySet<number> = new Set([
  headerType.configUpdate,
  headerType.endorserTransaction,
]);

/** An envelope that may be ordered. */
export interface Admitted {
  readonly envelope: Uint8Array;
  /** What the envelope holds, for the validator, which need not read it again. */
  readonly reading: Reading;
  readonly txId: string;
  readonly isConfigUpdate: boolean;
  /** The config it was checked against; under another one it is checked again. */
  readonly sequence: bigint;
  /** Signatures whose checks are remembered until its block is written. */
  readonly signatures: readonly Uint8Array[];
}

/**
 * What a Fabric orderer asks of an envelope before it orders it (orderer/common/msgprocessor/standardchannel.go): not
 * empty, not too large, for this channel, of a type that blocks hold, its creator's certificate in force, its signature good for /Channel/Writers.
 * Throws ORDERER_REFUSED with the `status` of common.Status in its details.
 */
export async function admit(
  envelope: Uint8Array,
  config: ChannelConfig,
  signatures: SignatureMemo,
  now: Date,
): Promise<Admitted> {
  checkSize(envelope, config);
  const reading = readTransaction(envelope);
  const parsed = reading.kind === 'refused' ? readEnvelope(envelope) : nonEmpty(reading.submission);
  checkHeader(parsed, config);
  const creator = checkCreator(parsed, config, now);
  const endorsements = checkEndorsementsAhead(reading, config, signatures.start);
  const asked = [parsed.signature, ...endorsements];
  try {
    await checkWriter(parsed, creator, config, signatures.start);
  } catch (error) {
    signatures.forget(asked);
    throw error;
  }
  const { type, txId } = parsed.channelHeader;
  const isConfigUpdate = type === headerType.configUpdate;
  const { sequence } = config;
  return { envelope, reading, txId, isConfigUpdate, sequence, signatures: asked };
}

export function refusal(code: number, why: string, details = {}): NetworkError {
  return new NetworkError('ORDERER_REFUSED', `The orderer refuses the envelope: ${why}.`, {
    details: { status: code, ...details },
  });
}

/** What the validator is going to find bad may still be ordered, as long as it is an envelope. */
function readEnvelope(envelope: Uint8Array): ParsedEnvelope {
  try {
    return nonEmpty(parseEnvelope(envelope));
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    throw refusal(broadcastStatus.badRequest, `it cannot be read (${cause.message})`);
  }
}

function nonEmpty(parsed: ParsedEnvelope): ParsedEnvelope {
  if (parsed.payload.length > 0) return parsed;
  throw refusal(broadcastStatus.badRequest, 'it is empty');
}

/** Before the envelope is read to the bottom. What counts is payload and signature, as Fabric counts. */
function checkSize(envelope: Uint8Array, config: ChannelConfig): void {
  const limit = config.orderer?.batch.absoluteMaxBytes ?? 0;
  if (envelope.length <= limit) return;
  const { payload, signature } = readEnvelope(envelope);
  const size = payload.length + signature.length;
  if (size <= limit) return;
  throw refusal(broadcastStatus.badRequest, `it is ${size} bytes and the channel allows ${limit}`, {
    size,
    limit,
  });
}

function checkHeader({ channelHeader }: ParsedEnvelope, config: ChannelConfig): void {
  const { channelId, type } = channelHeader;
  if (channelId !== config.channelId) {
    throw refusal(broadcastStatus.notFound, `there is no channel "${channelId}" here`, {
      channelId,
    });
  }
  if (!ordered.has(type)) {
    throw refusal(
      broadcastStatus.badRequest,
      `a message of type ${type} cannot be sent in directly`,
    );
  }
}

/** Peers never look at expiry when they commit; the orderer is where an expired certificate is stopped. */
function checkCreator(
  { signatureHeader }: ParsedEnvelope,
  config: ChannelConfig,
  now: Date,
): ValidatedIdentity {
  const { length } = signatureHeader.creator;
  if (length > mostIdentityBytes) {
    throw refusal(broadcastStatus.badRequest, `its creator has ${length} bytes`, {
      most: mostIdentityBytes,
    });
  }
  const verdict = identify(config, signatureHeader.creator);
  if (!verdict.valid) {
    throw refusal(broadcastStatus.forbidden, `its creator is refused (${verdict.reason})`);
  }
  const { notAfter } = verdict.identity.certificate;
  if (now < notAfter) return verdict.identity;
  throw refusal(broadcastStatus.badRequest, 'its creator has a certificate that is expired', {
    notAfter: notAfter.toISOString(),
  });
}

async function checkWriter(
  { payload, signature, signatureHeader }: ParsedEnvelope,
  identity: ValidatedIdentity,
  config: ChannelConfig,
  verify: Verify,
): Promise<void> {
  if (!(await verify(identity.publicKey, payload, signature))) {
    throw refusal(broadcastStatus.forbidden, "its signature is not its creator's");
  }
  const verdict = config.policy(WRITERS)?.evaluate([{ identity, bytes: signatureHeader.creator }]);
  if (verdict?.satisfied === true) return;
  const reason = verdict?.reason ?? 'the channel has no such policy';
  throw refusal(broadcastStatus.forbidden, `${WRITERS}: ${reason}`);
}

/**
 * Starts the checks that the validator is going to ask for: they run on other cores while the block before is being
 * written. Whatever is wrong here is for the validator to find.
 */
function checkEndorsementsAhead(
  reading: Reading,
  config: ChannelConfig,
  verify: Verify,
): Uint8Array[] {
  if (reading.kind !== 'endorsed') return [];
  const { responsePayload, endorsements } = reading.action;
  return endorsements.map(({ endorser, signature }) => {
    const verdict = endorser.length <= mostIdentityBytes && identify(config, endorser);
    if (verdict !== false && verdict.valid) {
      const message = endorsementParts(responsePayload, endorser);
      void verify(verdict.identity.publicKey, message, signature);
    }
    return signature;
  });
}
