import type { Sentence } from '@yici/ledger';
import { extract, type Extract, type Header } from 'tar-stream';

const kinds = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symbolicLink',
  link: 'hardLink',
} as const satisfies Partial<Record<NonNullable<Header['type']>, string>>;

/** A member of an archive. Its content must be read or skipped before the next member is requested. */
export interface TarMember {
  readonly name: string;
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly executable: boolean;
  /** Target of a link. */
  readonly target: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** How an archive is refused: what is no whole archive, and a member that is nothing to unpack. */
interface TarRefusals {
  readonly invalid: (why: Sentence, cause?: unknown) => Error;
  readonly unsafe: (member: string, why: Sentence) => Error;
}

/** End-of-archive marker: two zero blocks, of which some writers emit only one. */
const endMark = 512;

/**
 * The members of a tar stream (POSIX ustar, including GNU tar and pax variants). A missing end marker means that the
 * archive was truncated. Errors of the source are rethrown unchanged.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  refusals: TarRefusals,
): AsyncGenerator<TarMember> {
  const parser = extract();
  const feed = new Feed(source, parser);
  const feeding = feed.run();
  const refusal = (error: unknown): unknown =>
    feed.failure ?? refusals.invalid({ zh: '已损坏', en: 'it is damaged' }, error);
  const entries = parser[Symbol.asyncIterator]();
  const next = async () => {
    try {
      return await entries.next();
    } catch (error) {
      throw refusal(error);
    }
  };
  try {
    for (let entry = await next(); entry.done !== true; entry = await next()) {
      yield memberOf(entry.value.header, contentOf(entry.value, refusal), refusals);
      // Skip unread content, so that the next header is at its expected offset.
      entry.value.resume();
    }
    if (feed.failure !== undefined) throw refusal(feed.failure);
    if (feed.zeros < endMark) {
      throw refusals.invalid({ zh: '不完整，缺少结尾', en: 'it ends before its end mark' });
    }
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** Feeds a source into the parser with back pressure; records its failure and the number of trailing zero bytes. */
class Feed {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #parser: Extract;
  failure: unknown;
  zeros = 0;

  constructor(source: AsyncIterable<Uint8Array>, parser: Extract) {
    this.#source = source;
    this.#parser = parser;
  }

  async run(): Promise<void> {
    const parser = this.#parser;
    try {
      // Iterate by hand: leaving a for-await loop early would close the source and hide its error from the reader.
      const chunks = this.#source[Symbol.asyncIterator]();
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
        if (parser.destroying) return;
        this.#count(next.value);
        if (!parser.write(next.value)) await drained(parser);
      }
      parser.end(null);
    } catch (error) {
      this.failure = error;
      // With an error: a parser that was closed without one leaves whoever asks it for a member later waiting for ever.
      parser.destroy(error instanceof Error ? error : undefined);
    }
  }

  #count(chunk: Uint8Array): void {
    let last = chunk.length - 1;
    while (last >= 0 && chunk[last] === 0) last -= 1;
    this.zeros = last < 0 ? this.zeros + chunk.length : chunk.length - 1 - last;
  }
}

const drained = (parser: Extract): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      parser.off('drain', done).off('close', done);
      resolve();
    };
    parser.on('drain', done).on('close', done);
  });

async function* contentOf(
  entry: AsyncIterable<unknown>,
  refusal: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of entry) yield part as Uint8Array;
  } catch (error) {
    throw refusal(error);
  }
}

/** A header as the parser returns it: the package's types promise a known type and a link target, which may be absent. */
type Member = Pick<Header, 'name' | 'mode'> & {
  readonly type: string | null;
  readonly linkname: string | null;
};

function memberOf(
  { name, type, mode, linkname }: Member,
  content: AsyncIterable<Uint8Array>,
  { unsafe }: TarRefusals,
): TarMember {
  const kind = Object.entries(kinds).find(([known]) => known === type)?.[1];
  if (kind === undefined) {
    const found = type ?? 'unknown';
    throw unsafe(name, {
      zh: `是设备、管道或者不予解压的类型（${found}）`,
      en: `is a device, a pipe or of a type that is not unpacked (${found})`,
    });
  }
  return { name, kind, executable: (mode & 0o100) !== 0, target: linkname ?? '', content };
}
