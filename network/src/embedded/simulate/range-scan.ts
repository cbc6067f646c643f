import { merkleSummary, type KvRead, type RangeQuery, type VersionedValue } from '@yici/ledger';

/** Above this many results a range query is recorded as a Merkle summary (txmgr/query_executor.go). */
const maxRawReads = 50;

export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Results of a query, one at a time; `bookmark` is the first key not returned, or empty. */
export interface ResultIterator<Result> {
  next(): Promise<Result | undefined>;
  bookmark(): Promise<string>;
  close(): Promise<void>;
}

type Source = AsyncIterable<{ readonly key: string; readonly value: VersionedValue }>;

/**
 * Reads a range of public state and records exactly what the caller saw, which the phantom check replays. The recorded end is
 * the last key returned until the range is exhausted, then the requested end (resultsItr in txmgr/query_executor.go).
 */
export class RangeScan implements ResultIterator<KeyValue> {
  readonly namespace: string;
  readonly #iterator: AsyncIterator<{ readonly key: string; readonly value: VersionedValue }>;
  readonly #startKey: string;
  readonly #endKey: string;
  readonly #limit: number;
  readonly #reads: KvRead[] = [];
  #seenEnd = '';
  #exhausted = false;

  /** `limit` 0 reads to the end of the range. */
  constructor(source: Source, namespace: string, startKey: string, endKey: string, limit: number) {
    this.namespace = namespace;
    this.#iterator = source[Symbol.asyncIterator]();
    this.#startKey = startKey;
    this.#endKey = endKey;
    this.#limit = limit;
  }

  async next(): Promise<KeyValue | undefined> {
    const full = this.#limit > 0 && this.#reads.length >= this.#limit;
    const result = full ? undefined : await this.#iterator.next();
    if (!result || result.done === true) {
      this.#exhausted = true;
      this.#seenEnd = this.#endKey;
      return undefined;
    }
    const { key, value } = result.value;
    this.#reads.push({ key, version: value.version });
    this.#seenEnd = key;
    return { key, value: value.value };
  }

  async bookmark(): Promise<string> {
    const result = await this.#iterator.next();
    return result.done === true ? '' : result.value.key;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  /** The range query as recorded in the read set. */
  recorded(): RangeQuery {
    return {
      startKey: this.#startKey,
      endKey: this.#seenEnd,
      exhausted: this.#exhausted,
      reads:
        this.#reads.length > maxRawReads ? merkleSummary(this.#reads, maxRawReads) : this.#reads,
    };
  }
}

/** A query whose results are not recorded in the read set: private ranges and history. */
export class UnrecordedScan<Input, Result> implements ResultIterator<Result> {
  readonly #iterator: AsyncIterator<Input>;
  readonly #map: (input: Input) => Result;

  constructor(source: AsyncIterable<Input>, map: (input: Input) => Result) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#map = map;
  }

  async next(): Promise<Result | undefined> {
    const result = await this.#iterator.next();
    return result.done === true ? undefined : this.#map(result.value);
  }

  bookmark(): Promise<string> {
    return Promise.resolve('');
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
