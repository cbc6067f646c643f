/** Bytes of the length in front of each block. */
const lengthBytes = 4;

/** Blocks one behind the other, each behind its length as an unsigned big-endian number of four bytes. */
export function framed(blocks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(blocks.reduce((sum, { length }) => sum + lengthBytes + length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const block of blocks) {
    view.setUint32(at, block.length);
    all.set(block, at + lengthBytes);
    at += lengthBytes + block.length;
  }
  return all;
}

/** What {@link framed} was given; undefined when the bytes end inside a block or its length. */
export function unframed(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + lengthBytes > bytes.length) return undefined;
    const begin = at + lengthBytes;
    at = begin + view.getUint32(at);
    if (at > bytes.length) return undefined;
    blocks.push(bytes.subarray(begin, at));
  }
  return blocks;
}
