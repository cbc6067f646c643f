import { crc32 } from 'node:zlib';

/*
 * Checksums guard against torn writes and bit rot, not forgery; the hash chain guards against that. CRC-32 because Node
 * implements it natively: scanning the chain is then limited by the disk.
 */

/** `YICIBLK` and the format's version. */
const MAGIC = Buffer.from('YICIBLK1', 'latin1');

/** A segment file starts with: magic 8 bytes, number of its first block u64, CRC-32 of these 16 bytes u32; big endian. */
export const SEGMENT_HEADER_BYTES = 20;

/** Before each block: length u32, CRC-32 of the block u32, block number u64, CRC-32 of these 16 bytes u32; big endian. */
export const FRAME_HEADER_BYTES = 20;

export interface FrameHeader {
  readonly length: number;
  readonly checksum: number;
  readonly number: bigint;
}

export function encodeSegmentHeader(firstBlock: bigint): Buffer {
  const header = Buffer.allocUnsafe(SEGMENT_HEADER_BYTES);
  MAGIC.copy(header);
  header.writeBigUInt64BE(firstBlock, 8);
  header.writeUInt32BE(crc32(header.subarray(0, 16)), 16);
  return header;
}

/** The number of the segment's first block, or `undefined` when the header is invalid. Needs 20 bytes. */
export function decodeSegmentHeader(header: Buffer): bigint | undefined {
  const sound =
    header.subarray(0, 8).equals(MAGIC) &&
    crc32(header.subarray(0, 16)) === header.readUInt32BE(16);
  return sound ? header.readBigUInt64BE(8) : undefined;
}

export function encodeFrameHeader(number: bigint, block: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  header.writeUInt32BE(block.length, 0);
  header.writeUInt32BE(crc32(block), 4);
  header.writeBigUInt64BE(number, 8);
  header.writeUInt32BE(crc32(header.subarray(0, 16)), 16);
  return header;
}

/** The header at the start of `bytes`, or `undefined` when its checksum is wrong. Needs 20 bytes. */
export function decodeFrameHeader(bytes: Buffer): FrameHeader | undefined {
  if (crc32(bytes.subarray(0, 16)) !== bytes.readUInt32BE(16)) return undefined;
  return {
    length: bytes.readUInt32BE(0),
    checksum: bytes.readUInt32BE(4),
    number: bytes.readBigUInt64BE(8),
  };
}
