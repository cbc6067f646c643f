import { malformed, WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';

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

/** google.protobuf.Timestamp. */
interface Timestamp {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** common.ChannelHeader. */
export interface ChannelHeader {
  readonly type: number;
  readonly version: number;
  readonly timestamp: Timestamp | undefined;
  readonly channelId: string;
  readonly txId: string;
  readonly epoch: bigint;
  /** For an endorser transaction: ChaincodeHeaderExtension bytes. */
  readonly extension: Uint8Array;
  /** SHA-256 of the sender's TLS client certificate; empty when the envelope is not bound to a connection. */
  readonly tlsCertHash: Uint8Array;
}

/** common.SignatureHeader. */
export interface SignatureHeader {
  /** SerializedIdentity bytes. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Both headers as bytes; hashes and signatures cover these bytes, not the decoded values. */
export interface HeaderBytes {
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeHeader(bytes: Uint8Array): HeaderBytes {
  const reader = new WireReader(bytes, 'common.Header');
  let channelHeader = NONE;
  let signatureHeader = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        channelHeader = reader.bytes();
        break;
      case 0x12:
        signatureHeader = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { channelHeader, signatureHeader };
}

/** `common.Header` bytes. */
export function encodeHeader(header: HeaderBytes): Uint8Array {
  return new WireWriter().bytes(1, header.channelHeader).bytes(2, header.signatureHeader).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeChannelHeader(bytes: Uint8Array): ChannelHeader {
  const reader = new WireReader(bytes, 'common.ChannelHeader');
  const header: Mutable<ChannelHeader> = {
    type: 0,
    version: 0,
    timestamp: undefined,
    channelId: '',
    txId: '',
    epoch: 0n,
    extension: NONE,
    tlsCertHash: NONE,
  };
  let timestamp: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === 0x1a) timestamp = reader.message(timestamp);
    else readChannelHeaderField(reader, header);
  }
  if (timestamp !== undefined) header.timestamp = decodeTimestamp(timestamp);
  return header;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readChannelHeaderField(reader: WireReader, header: Mutable<ChannelHeader>): void {
  switch (reader.tag) {
    case 0x08:
      header.type = reader.int32();
      break;
    case 0x10:
      header.version = reader.int32();
      break;
    case 0x22:
      header.channelId = reader.string();
      break;
    case 0x2a:
      header.txId = reader.string();
      break;
    case 0x30:
      header.epoch = reader.uint64();
      break;
    case 0x3a:
      header.extension = reader.bytes();
      break;
    case 0x42:
      header.tlsCertHash = reader.bytes();
      break;
    default:
      reader.skip();
  }
}

/** What a channel header needs; the rest has protobuf's defaults. */
type ChannelHeaderInput = Pick<ChannelHeader, 'type' | 'channelId'> &
  Partial<Omit<ChannelHeader, 'type' | 'channelId'>>;

/** `common.ChannelHeader` bytes. */
export function encodeChannelHeader(header: ChannelHeaderInput): Uint8Array {
  return new WireWriter()
    .varint(1, header.type)
    .varint(2, header.version ?? 0)
    .message(3, header.timestamp && encodeTimestamp(header.timestamp))
    .string(4, header.channelId)
    .string(5, header.txId ?? '')
    .varint(6, header.epoch ?? 0n)
    .bytes(7, header.extension)
    .bytes(8, header.tlsCertHash)
    .finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeSignatureHeader(bytes: Uint8Array): SignatureHeader {
  const reader = new WireReader(bytes, 'common.SignatureHeader');
  let creator = NONE;
  let nonce = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        creator = reader.bytes();
        break;
      case 0x12:
        nonce = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { creator, nonce };
}

/** `common.SignatureHeader` bytes. */
export function encodeSignatureHeader(header: SignatureHeader): Uint8Array {
  return new WireWriter().bytes(1, header.creator).bytes(2, header.nonce).finish();
}

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
export function encodeTimestamp(timestamp: Timestamp): Uint8Array {
  return new WireWriter().varint(1, timestamp.seconds).varint(2, timestamp.nanos).finish();
}

function decodeTimestamp(bytes: Uint8Array): Timestamp {
  const reader = new WireReader(bytes, 'google.protobuf.Timestamp');
  let seconds = 0n;
  let nanos = 0;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        seconds = BigInt.asIntN(64, reader.uint64());
        break;
      case 0x10:
        nanos = reader.int32();
        break;
      default:
        reader.skip();
    }
  }
  return { seconds, nanos };
}
