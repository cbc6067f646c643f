import { encoded, int32, message } from '../wire/message.js';
import { WireWriter } from '../wire/writer.js';
import { headerType, timestampFromDate } from './headers.js';
import { signedEnvelope, type SigningIdentity } from './signed.js';

/** Which blocks a Deliver service gives: the newest one; or `from` to `to`, for ever when that is absent. */
type SeekRange = { readonly channel: string } & (
  | { readonly newest: true }
  | {
      readonly newest?: never;
      readonly from: bigint;
      readonly to?: bigint;
      /** Refused where one is not there yet, instead of waited for. */
      readonly failIfNotReady?: boolean;
    }
);

/** Stop position of an unlimited stream, which every decoder of JavaScript reads exactly. */
const forever = BigInt(Number.MAX_SAFE_INTEGER);

/** Bytes of a signed `common.Envelope` with orderer.SeekInfo, for a peer's or an orderer's Deliver service. */
export function seekEnvelope(
  range: SeekRange,
  reader: SigningIdentity,
  now: Date,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  const type = headerType.deliverSeekInfo;
  const header = { type, channelId: range.channel, timestamp: timestampFromDate(now) };
  return signedEnvelope(reader, header, seekInfo(range), nonce);
}

function seekInfo(range: SeekRange): Uint8Array {
  const { from, to = forever, failIfNotReady = false } = range.newest === true ? {} : range;
  const [start, stop] = from === undefined ? [newest, newest] : [specified(from), specified(to)];
  // orderer.SeekInfo; its behavior FAIL_IF_NOT_READY is 1.
  return new WireWriter().message(1, start).message(2, stop).bool(3, failIfNotReady).finish();
}

/** orderer.SeekPosition */
const newest = new WireWriter().message(1, new WireWriter());
const specified = (number: bigint): WireWriter =>
  new WireWriter().message(3, new WireWriter().varint(1, number));

/** What a peer's and an orderer's Deliver service answers: a block, whose bytes are not decoded, or the status that ends the stream. */
export const deliverResponse = message('protos.DeliverResponse', {
  status: int32(1),
  block: encoded(2),
});
