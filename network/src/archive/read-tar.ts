import { extract, type Extract, type Header } from 'tar-stream';

const kinds = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symbolicLink',
  link: 'hardLink',
} as const satisfies Partial<Record<NonNullable<Header['type']>, string>>;

/** A member of an archive; its content is read before the next member is asked for, or skipped. */
export interface TarMember {
  readonly name: string;
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly executable: boolean;
  /** Where a link points. */
  readonly target: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** How an archive is refused: what is no whole archive, and a member that is nothing to unpack. */
interface TarRefusals {
  readonly invalid: (why: string, cause?: unknown) => Error;
  readonly unsafe: (member: string, why: string) => Error;
}

/** The mark at the end of an archive: two blocks of zeros, of which some writers give one. */
const endMark = 512;

/**
 * The members of a tar stream (POSIX ustar, also as GNU tar and pax write it) to its end mark, without which it was cut off.
 * What the source throws is thrown on as it is.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  refusals: TarRefusals,
): AsyncGenerator<TarMember> {
  const parser = extract();
  const feed = new Feed(source, parser);
  const feeding = feed.run();
  const refusal = (error: unknown): unknown =>
    feed.failure ?? refusals.invalid('it is damaged', error);
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
      // What was not read is skipped, so that the next header is where it should be.
      entry.value.resume();
    }
    if (feed.failure !== undefined) throw refusal(feed.failure);
    if (feed.zeros < endMark) throw refusals.invalid('it ends before its end mark');
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** Hands a source on as fast as it is taken; remembers how it failed, and how many zeros came last. */
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
      // By hand: a loop that ends early would close the source, and whoever reads it there would hear of nothing else.
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
    parser.once('drain', resolve).once('close', resolve);
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

/** A header as it comes: of an unknown type or without a target where the types of the package promise one. */
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
    throw unsafe(
      name,
      `is a device, a pipe or of a type that is not unpacked (${type ?? 'unknown'})`,
    );
  }
  return { name, kind, executable: (mode & 0o100) !== 0, target: linkname ?? '', content };
}
