import { archiveInvalid } from './archive-errors.js';
import { ByteReader } from './byte-reader.js';
import { blockSize, parseExtended, parseHeader, type TarHeader } from './tar-header.js';

/** A member of an archive; its content is read before the next member is asked for, or skipped. */
export interface TarMember {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symbolicLink' | 'hardLink';
  readonly executable: boolean;
  readonly target: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Names and links longer than this are no part of any release. */
const longestText = 64 * 1024;

/** What headers before a member say about it. */
interface Override {
  readonly name?: string;
  readonly target?: string;
  readonly size?: number;
}

/**
 * The members of a tar stream, to its end mark and, after it, nothing but zeros.
 * @throws NetworkError FABRIC_ARCHIVE_INVALID, FABRIC_ARCHIVE_UNSAFE
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const reader = new ByteReader(source);
  let override: Override = {};
  for (;;) {
    const header = parseHeader(await must(reader, blockSize));
    if (header === undefined) break;
    const about = await overrideOf(header, reader);
    if (about !== undefined) {
      override = { ...override, ...about };
      continue;
    }
    yield* member({ ...header, ...override }, reader);
    override = {};
  }
  await zerosOnly(reader);
}

async function must(reader: ByteReader, length: number): Promise<Buffer> {
  const bytes = await reader.exactly(length);
  if (bytes === undefined) throw archiveInvalid('it ends before its end mark');
  return bytes;
}

/** What a header says about the next member; undefined when it is a member itself. */
async function overrideOf(header: TarHeader, reader: ByteReader): Promise<Override | undefined> {
  switch (header.kind) {
    case 'longName':
      return { name: await longText(header, reader) };
    case 'longTarget':
      return { target: await longText(header, reader) };
    case 'extended':
      return extended(parseExtended(await textBytes(header, reader)));
    case 'extendedGlobal':
      // Defaults for all members (git archive writes its commit there): nothing that this reader heeds.
      await textBytes(header, reader);
      return {};
    case 'file':
    case 'directory':
    case 'symbolicLink':
    case 'hardLink':
      return undefined;
  }
}

function extended(records: ReadonlyMap<string, string>): Override {
  const name = records.get('path');
  const target = records.get('linkpath');
  const size = records.get('size');
  if (size !== undefined && !/^[0-9]{1,15}$/.test(size)) {
    throw archiveInvalid('an extended header has no proper size');
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(target === undefined ? {} : { target }),
    ...(size === undefined ? {} : { size: Number(size) }),
  };
}

async function longText(header: TarHeader, reader: ByteReader): Promise<string> {
  const text = (await textBytes(header, reader)).toString('utf8');
  return text.endsWith('\0') ? text.slice(0, -1) : text;
}

async function textBytes({ size }: TarHeader, reader: ByteReader): Promise<Buffer> {
  if (size > longestText) throw archiveInvalid('a name is too long');
  const bytes = await must(reader, size);
  await must(reader, padding(size));
  return bytes;
}

async function* member(header: TarHeader, reader: ByteReader): AsyncGenerator<TarMember> {
  const { name, kind, executable, target } = header;
  // POSIX: only a file has content; some writers give the size of what a link points to.
  const size = kind === 'file' ? header.size : 0;
  const content = bytesOf(reader, size);
  yield { name, kind: memberKind(kind), executable, target, content };
  // Whatever was not read is skipped here, so that the next header is where it should be.
  while ((await content.next()).done !== true);
  await must(reader, padding(size));
}

function memberKind(kind: TarHeader['kind']): TarMember['kind'] {
  if (kind === 'directory' || kind === 'symbolicLink' || kind === 'hardLink') return kind;
  return 'file';
}

async function* bytesOf(reader: ByteReader, size: number): AsyncGenerator<Uint8Array> {
  for (let missing = size; missing > 0;) {
    const part = await reader.some(missing);
    if (part === undefined) throw archiveInvalid('it ends within a file');
    missing -= part.length;
    yield part;
  }
}

function padding(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

async function zerosOnly(reader: ByteReader): Promise<void> {
  const most = 64 * 1024;
  for (let part = await reader.some(most); part !== undefined; part = await reader.some(most)) {
    if (part.some((byte) => byte !== 0)) throw archiveInvalid('it goes on after its end mark');
  }
}
