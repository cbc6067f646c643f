import { gzipSync } from 'node:zlib';

const blockSize = 512;

/** A file in an archive. */
interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * A gzipped ustar archive that depends only on names and contents (no time, owner or platform), so that every
 * department computes the same package id (Fabric: `label:sha256(package)`).
 */
export function reproducibleTarGz(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, content }) => [
    header(name, content.length),
    padded(content),
  ]);
  const archive = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]), { level: 9 });
  // RFC 1952 2.3.1: byte 9 is the operating system; 255 means "unknown".
  archive[9] = 255;
  return archive;
}

/** POSIX.1-1988 ustar header: a plain file, mode 0644, owner 0, time 0. */
function header(name: string, size: number): Uint8Array {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, 100, 'utf8');
  block.write('0000644\0', 100, 'latin1');
  block.write('0000000\0', 108, 'latin1');
  block.write('0000000\0', 116, 'latin1');
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('00000000000\0', 136, 'latin1');
  block.write('        ', 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\u000000', 257, 'latin1');
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(content: Uint8Array): Uint8Array {
  const size = Math.ceil(content.length / blockSize) * blockSize;
  return Buffer.concat([content], size);
}
