import { common, orderer } from '@hyperledger/fabric-protos';
import { parseEnvelope, timestampToDate, type ParsedEnvelope } from '@yici/ledger';
import type { Clock } from '../../clock.js';
import { defaultWindowSeconds } from '../endorse/proposal.js';
import type { ChannelLedger } from '../ports.js';

export type DeliverStatus = common.StatusMap[keyof common.StatusMap];

/** A decoded seek request with a valid channel header. */
export interface SeekRequest {
  readonly envelope: ParsedEnvelope;
  readonly info: orderer.SeekInfo;
}

/** Blocks from `first` to `last`, both included. */
export interface SeekRange {
  readonly first: bigint;
  readonly last: bigint;
  readonly failIfNotReady: boolean;
  readonly headersOnly: boolean;
}

/** Decodes a signed seek envelope; returns a status when it is invalid (common/deliver/deliver.go). */
export function readSeek(
  bytes: Uint8Array,
  ledger: ChannelLedger,
  clock: Clock,
): SeekRequest | DeliverStatus {
  try {
    const envelope = parseEnvelope(bytes);
    const { timestamp, channelId } = envelope.channelHeader;
    const age = timestamp && clock().getTime() - timestampToDate(timestamp).getTime();
    if (age === undefined || Math.abs(age) > defaultWindowSeconds * 1000) {
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
 * Whether a seek names the TLS certificate of its connection (common/deliver/binding.go), so that a seek signed by
 * another client cannot be replayed.
 */
export function isBound(seek: Uint8Array, shown: Uint8Array | undefined): boolean {
  try {
    const { tlsCertHash } = parseEnvelope(seek).channelHeader;
    return shown !== undefined && Buffer.compare(tlsCertHash, shown) === 0;
  } catch {
    return false;
  }
}

/** Converts positions to block numbers at this height; returns a status when they are no valid range. */
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

/** As in Fabric's block iterator, a start beyond the next block does not exist, nor does an unset one. */
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
      // As in Fabric, the stop stays at block 0, so that only block 0 can end the stream.
      return 0n;
  }
}
