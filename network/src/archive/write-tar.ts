const blockSize = 512;

/** A file in an archive. */
interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** A ustar archive that depends only on names and contents: no time, owner or platform. */
export function reproducibleTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, content }) => [
    tarHeader(name, content.length, '0000644'),
    content,
    tarPadding(content.length),
  ]);
  return Buffer.concat([...blocks, tarEnd]);
}

/** What follows the last file of an archive. */
export const tarEnd: Uint8Array = Buffer.alloc(2 * blockSize);

/**
 * POSIX.1-1988 ustar header: a plain file of `size` bytes (below 8 GiB), owner 0, time 0. A name of more than 100 bytes is split at
 * a folder into name and prefix, as the format has it.
 */
export function tarHeader(name: string, size: number, mode = '0000600'): Uint8Array {
  const block = Buffer.alloc(blockSize);
  const split = Buffer.byteLength(name) > 100 ? name.indexOf('/', name.length - 101) : -1;
  block.write(name.slice(split + 1), 0, 100, 'utf8');
  block.write(`${mode}\0`, 100, 'latin1');
  block.write('0000000\0', 108, 'latin1');
  block.write('0000000\0', 116, 'latin1');
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('00000000000\0', 136, 'latin1');
  block.write('        ', 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  block.write(name.slice(0, Math.max(split, 0)), 345, 155, 'utf8');
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Zero bytes that fill a file's last block. */
export const tarPadding = (size: number): Uint8Array => Buffer.alloc(-size & (blockSize - 1));
