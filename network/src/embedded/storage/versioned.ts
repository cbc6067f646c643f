import type { Version, VersionedHash, VersionedValue } from '@yici/ledger';
import { NetworkError } from '../../errors.js';

/** Block u64, position u32, length of the metadata u32; then the metadata, then the value. */
const HEADER_BYTES = 16;

type Metadata = ReadonlyMap<string, Uint8Array>;

export function encodeVersioned(
  value: Uint8Array,
  version: Version,
  metadata: Metadata | undefined,
): Buffer {
  const encoded = metadata === undefined ? undefined : encodeMetadata(metadata);
  const metadataLength = encoded?.length ?? 0;
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + metadataLength + value.length);
  bytes.writeBigUInt64BE(version.block);
  bytes.writeUInt32BE(version.tx, 8);
  bytes.writeUInt32BE(metadataLength, 12);
  if (encoded !== undefined) bytes.set(encoded, HEADER_BYTES);
  bytes.set(value, HEADER_BYTES + metadataLength);
  return bytes;
}

export function decodeVersionedValue(bytes: Buffer): VersionedValue {
  const { value, version, metadata } = decode(bytes);
  return metadata === undefined ? { value, version } : { value, version, metadata };
}

export function decodeVersionedHash(bytes: Buffer): VersionedHash {
  const { value: valueHash, version, metadata } = decode(bytes);
  return metadata === undefined ? { valueHash, version } : { valueHash, version, metadata };
}

/** Only the height, for a record whose value is not needed. */
function decodeVersion(bytes: Buffer): Version {
  return { block: bytes.readBigUInt64BE(), tx: bytes.readUInt32BE(8) };
}

function decode(bytes: Buffer): { value: Buffer; version: Version; metadata?: Metadata } {
  if (bytes.length < HEADER_BYTES) throw damaged();
  const version = decodeVersion(bytes);
  const metadataEnd = HEADER_BYTES + bytes.readUInt32BE(12);
  if (metadataEnd > bytes.length) throw damaged();
  const value = bytes.subarray(metadataEnd);
  if (metadataEnd === HEADER_BYTES) return { value, version };
  return { value, version, metadata: decodeMetadata(bytes.subarray(HEADER_BYTES, metadataEnd)) };
}

/** Entries of: length of name u32, name, length of value u32, value; sorted by name so that equal maps have equal bytes. */
function encodeMetadata(metadata: Metadata): Buffer {
  const parts: Buffer[] = [];
  const names = [...metadata.keys()].sort();
  for (const name of names) {
    parts.push(withLength(Buffer.from(name)), withLength(metadata.get(name) ?? Buffer.alloc(0)));
  }
  return Buffer.concat(parts);
}

function decodeMetadata(bytes: Buffer): Metadata {
  const metadata = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length;) {
    const name = field(bytes, at);
    const value = field(bytes, at + 4 + name.length);
    metadata.set(name.toString(), value);
    at += 8 + name.length + value.length;
  }
  return metadata;
}

function field(bytes: Buffer, at: number): Buffer {
  if (at + 4 > bytes.length) throw damaged();
  const end = at + 4 + bytes.readUInt32BE(at);
  if (end > bytes.length) throw damaged();
  return bytes.subarray(at + 4, end);
}

function withLength(bytes: Uint8Array): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function damaged(): NetworkError {
  return new NetworkError('DATA_FOLDER_UNUSABLE', {
    zh: '账本状态的记录不完整。移走 level 目录后重新启动，系统由区块文件重建。',
    en: 'a state record is cut short; rebuild the state',
  });
}
