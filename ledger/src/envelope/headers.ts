import {
  bytes,
  embedded,
  int32,
  int64,
  message,
  string,
  uint64,
  type MessageOf,
} from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { NONE } from '../wire/writer.js';

/** common.HeaderType. */
export const headerType = {
  message: 0,
  config: 1,
  configUpdate: 2,
  endorserTransaction: 3,
  ordererTransaction: 4,
  deliverSeekInfo: 5,
  chaincodePackage: 6,
} as const;

const timestampMessage = message(
  'google.protobuf.Timestamp',
  {
    seconds: int64(1),
    nanos: int32(2),
  },
  () => ({ seconds: 0n, nanos: 0 }),
);
type Timestamp = MessageOf<typeof timestampMessage>;

const channelHeader = message(
  'common.ChannelHeader',
  {
    type: int32(1),
    version: int32(2),
    timestamp: embedded(3, timestampMessage),
    channelId: string(4),
    txId: string(5),
    epoch: uint64(6),
    /** For an endorser transaction: ChaincodeHeaderExtension bytes. */
    extension: bytes(7),
    /** SHA-256 of the sender's TLS client certificate; empty when the envelope is not bound to a connection. */
    tlsCertHash: bytes(8),
  },
  () => ({
    type: 0,
    version: 0,
    timestamp: undefined,
    channelId: '',
    txId: '',
    epoch: 0n,
    extension: NONE,
    tlsCertHash: NONE,
  }),
);
export type ChannelHeader = MessageOf<typeof channelHeader>;

const signatureHeader = message(
  'common.SignatureHeader',
  {
    /** SerializedIdentity bytes. */
    creator: bytes(1),
    nonce: bytes(2),
  },
  () => ({ creator: NONE, nonce: NONE }),
);
export type SignatureHeader = MessageOf<typeof signatureHeader>;

/** Both headers as bytes; hashes and signatures cover these bytes, not the decoded values. */
export const header = message(
  'common.Header',
  {
    channelHeader: bytes(1),
    signatureHeader: bytes(2),
  },
  () => ({ channelHeader: NONE, signatureHeader: NONE }),
);
export type HeaderBytes = MessageOf<typeof header>;

/** `common.Header` bytes. */
export const encodeHeader = header.encode;
/** @throws LedgerError MALFORMED_BYTES */
export const decodeHeader = header.decode;

/** What a channel header needs; the rest has protobuf's defaults. */
export type ChannelHeaderInput = Pick<ChannelHeader, 'type' | 'channelId'> & Partial<ChannelHeader>;

/** `common.ChannelHeader` bytes. */
export function encodeChannelHeader(given: ChannelHeaderInput): Uint8Array {
  return channelHeader.encode({ ...channelHeader.zero, ...given });
}

/** @throws LedgerError MALFORMED_BYTES */
export const decodeChannelHeader = channelHeader.decode;

/** `common.SignatureHeader` bytes. */
export const encodeSignatureHeader = signatureHeader.encode;
/** @throws LedgerError MALFORMED_BYTES */
export const decodeSignatureHeader = signatureHeader.decode;

/** A Date as protobuf timestamp; a Date has millisecond precision. */
export function timestampFromDate(date: Date): Timestamp {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) throw malformed('google.protobuf.Timestamp', 'not a date');
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: BigInt(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

/** The instant, rounded down to the millisecond. */
export function timestampToDate(timestamp: Timestamp): Date {
  return new Date(Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1_000_000));
}

/** `google.protobuf.Timestamp` bytes. */
export const encodeTimestamp = timestampMessage.encode;
