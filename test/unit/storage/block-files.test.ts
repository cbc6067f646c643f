import { copyFile, mkdtemp, open, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlockFiles,
  NetworkError,
  type BlockPosition,
  type StoredBlock,
} from '@yici/network/testing';
import { expect } from 'chai';

describe('block files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'yici-blocks-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('gives back every block, in order and by location, across segments and reopening', async () => {
    const written = await write(directory, 10, { segmentBytes: 200 });
    expect(await readdir(directory)).to.have.length.above(2);
    const files = await BlockFiles.open({ directory, newest: written[6] });
    expect(files.height).to.equal(10n);
    expect(await numbers(files.scan())).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await numbers(files.scan(written[6]))).to.deep.equal([7, 8, 9]);
    for (const { number, location } of written) {
      expect(await files.read(number, location)).to.deep.equal(blockBytes(Number(number)));
    }
    await files.close();
  });

  it('cuts an unfinished last record wherever it was torn, and writes on behind the whole ones', async () => {
    const written = await write(directory, 4);
    const last = written[3]!.location;
    const whole = (await stat(segment(directory, 1))).size;
    const pristine = join(directory, 'copy');
    await copyFile(segment(directory, 1), pristine);
    for (let size = last.offset; size < whole; size++) {
      await copyFile(pristine, segment(directory, 1));
      await truncate(segment(directory, 1), size);
      const files = await BlockFiles.open({ directory, newest: written[2] });
      expect(files.height, `cut at ${size}`).to.equal(3n);
      expect((await stat(segment(directory, 1))).size).to.equal(last.offset);
      await files.append(3n, blockBytes(3));
      expect(await numbers(files.scan())).to.deep.equal([0, 1, 2, 3]);
      await files.close();
    }
  });

  it('cuts a last record of which the disk kept only the size', async () => {
    const written = await write(directory, 3);
    await patch(
      segment(directory, 1),
      written[2]!.location.offset,
      Buffer.alloc(blockBytes(2).length + 20),
    );
    const files = await BlockFiles.open({ directory });
    expect(files.height).to.equal(2n);
    await files.close();
  });

  it('drops a segment that a crash left without its header', async () => {
    await write(directory, 3, { segmentBytes: 100 });
    const before = (await readdir(directory)).length;
    await (await open(segment(directory, before + 1), 'w')).close();
    const files = await BlockFiles.open({ directory });
    expect(files.height).to.equal(3n);
    await files.close();
    expect(await readdir(directory)).to.have.length(before);
  });

  it('reports every flipped byte with the file and the offset of the record', async () => {
    const written = await write(directory, 3);
    const file = segment(directory, 1);
    const bytes = await readFile(file);
    for (let at = 0; at < bytes.length; at++) {
      await patch(file, at, Buffer.of(bytes[at]! ^ 0x40));
      const error = await failure(scanAll(directory));
      await patch(file, at, bytes.subarray(at, at + 1));
      expect(error, `byte ${at}`).to.be.instanceOf(NetworkError);
      expect(error.code).to.equal('BLOCK_FILE_CORRUPT');
      const record = [...written].reverse().find(({ location }) => location.offset <= at);
      expect(error.details).to.deep.equal({ file, offset: record?.location.offset ?? 0 });
    }
  });

  it('takes a damaged last record for unfinished only when the index never knew it', async () => {
    const written = await write(directory, 3);
    const file = segment(directory, 1);
    await patch(file, written[2]!.location.offset + 25, Buffer.from('?'));
    expect((await failure(BlockFiles.open({ directory }))).code).to.equal('BLOCK_FILE_CORRUPT');
    const known = BlockFiles.open({ directory, newest: written[2] });
    expect((await failure(known)).code).to.equal('BLOCK_FILE_CORRUPT');
    const files = await BlockFiles.open({ directory, newest: written[1] });
    expect(files.height).to.equal(2n);
    await files.close();
  });

  it('misses a block that the index knows', async () => {
    const written = await write(directory, 3);
    await truncate(segment(directory, 1), written[2]!.location.offset);
    const error = await failure(BlockFiles.open({ directory, newest: written[2] }));
    expect(error.code).to.equal('BLOCK_FILE_CORRUPT');
  });

  it('misses a segment file', async () => {
    const written = await write(directory, 9, { segmentBytes: 300 });
    await rm(segment(directory, 2));
    const error = await failure(BlockFiles.open({ directory, newest: written[8] }));
    expect(error.code).to.equal('BLOCK_FILE_CORRUPT');
    expect(error.details).to.deep.equal({ file: segment(directory, 2), offset: 0 });
  });
});

async function write(
  directory: string,
  count: number,
  options: { segmentBytes?: number } = {},
): Promise<BlockPosition[]> {
  const files = await BlockFiles.open({ directory, ...options });
  const written: BlockPosition[] = [];
  for (let number = 0n; number < count; number++) {
    const location = await files.append(number, blockBytes(Number(number)));
    written.push({ number, location });
  }
  await files.close();
  return written;
}

function blockBytes(number: number): Buffer {
  return Buffer.from(`block ${number} `.repeat(5 + number) + '.');
}

async function scanAll(directory: string): Promise<void> {
  const files = await BlockFiles.open({ directory });
  try {
    await numbers(files.scan());
  } finally {
    await files.close();
  }
}

async function numbers(blocks: AsyncIterable<StoredBlock>): Promise<number[]> {
  const found: number[] = [];
  for await (const { number, bytes } of blocks) {
    expect(bytes).to.deep.equal(blockBytes(Number(number)));
    found.push(Number(number));
  }
  return found;
}

function segment(directory: string, number: number): string {
  return join(directory, `${String(number).padStart(6, '0')}.seg`);
}

async function patch(file: string, at: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

async function failure(work: Promise<unknown>): Promise<NetworkError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetworkError) return error;
    throw error;
  }
  return expect.fail('it should have failed');
}
