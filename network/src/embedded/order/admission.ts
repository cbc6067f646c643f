import {
  LedgerError,
  endorsementParts,
  headerType,
  identify,
  maxIdentityBytes,
  parseEnvelope,
  readTransaction,
  type ChannelConfig,
  type ParsedEnvelope,
  type Reading,
  type ValidatedIdentity,
  type Verify,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { SignatureCache } from '../commit/signature-cache.js';

/** common.Status as an orderer answers it. */
export const broadcastStatus = {
  badRequest: 400,
  forbidden: 403,
  notFound: 404,
  unavailable: 503,
} as const;

const WRITERS = '/Channel/Writers';

/**
 * Envelope types that may go into a block. Fabric's orderers accept all types but two; those of SmartBFT then refuse to put the
 * others into a block, at each leader's proposal again, and stop ordering (orderer/consensus/smartbft/verifier.go).
 */
const ordered: ReadonlySet<number> = new Set([
  headerType.configUpdate,
  headerType.endorserTransaction,
]);

/** An envelope that may be ordered. */
export interface Admitted {
  readonly envelope: Uint8Array;
  /** Its decoded form, which the validator reuses. */
  readonly reading: Reading;
  readonly txId: string;
  readonly isConfigUpdate: boolean;
  /** Sequence of the config it was checked against; when the config changes it is checked again. */
  readonly sequence: bigint;
  /** Signatures whose check results are cached until the block is written. */
  readonly signatures: readonly Uint8Array[];
}

/**
 * The checks of a Fabric orderer before it orders an envelope (orderer/common/msgprocessor/standardchannel.go): not
 * empty, not too large, for this channel, of a permitted type, creator's certificate not expired, signature satisfies
 * /Channel/Writers. Throws ORDERER_REFUSED with the `status` of common.Status in its details.
 */
export async function admit(
  envelope: Uint8Array,
  config: ChannelConfig,
  signatures: SignatureCache,
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

/** Whoever sent it reads the English; only a log of this process has the other. */
export function refusal(code: number, why: string, details = {}): NetworkError {
  const words = {
    zh: `排序节点不接受该交易：${why}`,
    en: `The orderer refuses the envelope: ${why}.`,
  };
  return new NetworkError('ORDERER_REFUSED', words, { details: { status: code, ...details } });
}

/** Any decodable envelope may be ordered, even if the validator will find it invalid. */
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

/** Checked before the envelope is decoded completely. Payload and signature count, as in Fabric. */
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

/** Peers ignore expiry at commit; only the orderer refuses expired certificates. */
function checkCreator(
  { signatureHeader }: ParsedEnvelope,
  config: ChannelConfig,
  now: Date,
): ValidatedIdentity {
  const { length } = signatureHeader.creator;
  if (length > maxIdentityBytes) {
    throw refusal(broadcastStatus.badRequest, `its creator has ${length} bytes`, {
      most: maxIdentityBytes,
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
 * Starts the signature checks that the validator will need: they run on other cores while the previous block is
 * written. Faults are left to the validator.
 */
function checkEndorsementsAhead(
  reading: Reading,
  config: ChannelConfig,
  verify: Verify,
): Uint8Array[] {
  if (reading.kind !== 'endorsed') return [];
  const { responsePayload, endorsements } = reading.action;
  return endorsements.map(({ endorser, signature }) => {
    const verdict = endorser.length <= maxIdentityBytes && identify(config, endorser);
    if (verdict !== false && verdict.valid) {
      const message = endorsementParts(responsePayload, endorser);
      void verify(verdict.identity.publicKey, message, signature);
    }
    return signature;
  });
}
