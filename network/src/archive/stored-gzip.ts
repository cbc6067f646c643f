import { crc32 } from 'node:zlib';

/** RFC 1951 3.2.4: a stored block's length has 16 bits. */
const largestBlock = 0xffff;
/** RFC 1952 2.3: deflate, no flags, no time, no hint; 255 is "operating system unknown". */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/**
 * A gzip member of stored blocks: what compression makes depends on the zlib that a Node was built with, and these bytes on
 * the content alone.
 */
export function storedGzip(content: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [header];
  for (let at = 0; at === 0 || at < content.length; at += largestBlock) {
    const block = content.subarray(at, at + largestBlock);
    const last = at + largestBlock >= content.length;
    parts.push(blockHeader(block.length, last), block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}

function blockHeader(length: number, last: boolean): Uint8Array {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(last ? 1 : 0, 0);
  bytes.writeUInt16LE(length, 1);
  bytes.writeUInt16LE(length ^ 0xffff, 3);
  return bytes;
}
