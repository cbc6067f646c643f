import { common, orderer } from '@hyperledger/fabric-protos';
import { parseEnvelope, timestampToDate, type ParsedEnvelope } from '@yici/ledger';
import type { Clock } from '../../clock.js';
import { usualWindowSeconds } from '../endorse/proposal.js';
import type { ChannelLedger } from '../ports.js';

export type DeliverStatus = common.StatusMap[keyof common.StatusMap];

/** A seek request that was read and whose channel header is in order. */
export interface SeekRequest {
  readonly envelope: ParsedEnvelope;
  readonly info: orderer.SeekInfo;
}

/** From which block to which; `last` is absent for "until told otherwise". */
export interface SeekRange {
  readonly first: bigint;
  readonly last: bigint;
  readonly failIfNotReady: boolean;
  readonly headersOnly: boolean;
}

/** Reads a signed seek envelope; a status says why it is no good (common/deliver/deliver.go). */
export function readSeek(
  bytes: Uint8Array,
  ledger: ChannelLedger,
  clock: Clock,
): SeekRequest | DeliverStatus {
  try {
    const envelope = parseEnvelope(bytes);
    const { timestamp, channelId } = envelope.channelHeader;
    const age = timestamp && clock().getTime() - timestampToDate(timestamp).getTime();
    if (age === undefined || Math.abs(age) > usualWindowSeconds * 1000) {
      return common.Status.BAD_REQUEST;
    }
    if (channelId !== ledger.channel) {
      return common.Status.NOT_FOUND;
    }
    return { envelope, info: orderer.SeekInfo.deserializeBinary(envelope.data) };
  } catch {
    return common.Status.BAD_REQUEST;
  }
}

/**
 * Whether a seek names the certificate that its connection shows (common/deliver/binding.go), so that nobody can send what
 * another has signed on a connection of their own.
 */
export function isBound(seek: Uint8Array, shown: Uint8Array | undefined): boolean {
  try {
    const { tlsCertHash } = parseEnvelope(seek).channelHeader;
    return shown !== undefined && Buffer.compare(tlsCertHash, shown) === 0;
  } catch {
    return false;
  }
}

/** Turns positions into block numbers at this height; a status says why they make no range. */
export function seekRange(info: orderer.SeekInfo, height: bigint): SeekRange | DeliverStatus {
  const start = info.getStart();
  const stop = info.getStop();
  if (!start || !stop) {
    return common.Status.BAD_REQUEST;
  }
  const first = firstBlock(start, height);
  if (first === undefined) {
    return common.Status.NOT_FOUND;
  }
  const last = lastBlock(start, stop, first, height);
  if (last === undefined) {
    return common.Status.BAD_REQUEST;
  }
  return {
    first,
    last,
    failIfNotReady: info.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY,
    headersOnly: info.getContentType() === orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG,
  };
}

/** Fabric's block iterator: a start beyond the next block does not exist, an unset one neither. */
function firstBlock(start: orderer.SeekPosition, height: bigint): bigint | undefined {
  const { TypeCase } = orderer.SeekPosition;
  switch (start.getTypeCase()) {
    case TypeCase.OLDEST:
      return 0n;
    case TypeCase.NEWEST:
      return height - 1n;
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.SPECIFIED: {
      const wanted = BigInt(start.getSpecified()?.getNumber() ?? 0);
      return wanted > height ? undefined : wanted;
    }
    default:
      return undefined;
  }
}

function lastBlock(
  start: orderer.SeekPosition,
  stop: orderer.SeekPosition,
  first: bigint,
  height: bigint,
): bigint | undefined {
  const { TypeCase } = orderer.SeekPosition;
  switch (stop.getTypeCase()) {
    case TypeCase.OLDEST:
      return first;
    case TypeCase.NEWEST:
      return start.getTypeCase() === TypeCase.NEWEST ? first : height - 1n;
    case TypeCase.SPECIFIED: {
      const wanted = BigInt(stop.getSpecified()?.getNumber() ?? 0);
      return wanted < first ? undefined : wanted;
    }
    default:
      // Fabric leaves the stop at block 0 here, so that block 0 is the only one that can end the stream.
      return 0n;
  }
}
