import { WireWriter } from '@yici/ledger';
import type { ResultIterator } from '../simulate/range-scan.js';

/** Results per message to the chaincode (MaxResultLimit in core/chaincode/chaincode_support.go). */
const batchSize = 100;
/** `ledger.state.totalQueryLimit` of a peer's core.yaml. */
const totalQueryLimit = 100_000;

interface OpenQuery {
  /** Encoded: queryresult.KV or KeyModification. */
  readonly results: ResultIterator<Uint8Array>;
  readonly limit: number;
  readonly paginated: boolean;
  pending: Uint8Array[];
  returned: number;
}

/**
 * The open queries of a chaincode in one transaction. Filling a batch reads one result ahead, and a range that fits into one
 * batch is read to its end at once: the recorded range query depends on it (core/chaincode/query_response_generator.go).
 */
export class OpenQueries {
  readonly #queries = new Map<string, OpenQuery>();
  #opened = 0;

  /** Opens a query and returns its first batch; with a page size, its only one. */
  async open(results: ResultIterator<Uint8Array>, pageSize?: number): Promise<Uint8Array> {
    this.#opened += 1;
    const id = String(this.#opened);
    const page = pageSize !== undefined && pageSize > 0 ? pageSize : totalQueryLimit;
    const limit = Math.min(page, totalQueryLimit);
    const query = { results, limit, paginated: pageSize !== undefined, pending: [], returned: 0 };
    this.#queries.set(id, query);
    return this.#respond(id, query);
  }

  /** The next batch of an open query; undefined when the id is unknown. */
  async next(id: string): Promise<Uint8Array | undefined> {
    const query = this.#queries.get(id);
    return query && this.#respond(id, query);
  }

  async close(id: string): Promise<void> {
    const query = this.#queries.get(id);
    this.#queries.delete(id);
    await query?.results.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#queries.keys()].map((id) => this.close(id)));
  }

  async #respond(id: string, query: OpenQuery): Promise<Uint8Array> {
    while (query.returned < query.limit) {
      const result = await query.results.next();
      if (!result) {
        break;
      }
      query.returned += 1;
      if (!query.paginated && query.pending.length === batchSize) {
        const batch = query.pending;
        query.pending = [result];
        return queryResponse(id, batch, { hasMore: true });
      }
      query.pending.push(result);
    }
    return this.#last(id, query);
  }

  async #last(id: string, query: OpenQuery): Promise<Uint8Array> {
    // peer.QueryResponseMetadata
    const metadata = query.paginated
      ? new WireWriter().varint(1, query.returned).string(2, await query.results.bookmark())
      : undefined;
    await this.close(id);
    return queryResponse(id, query.pending, { metadata });
  }
}

/** peer.QueryResponse bytes. */
export function queryResponse(
  id: string,
  batch: readonly Uint8Array[],
  { hasMore = false, metadata }: { hasMore?: boolean; metadata?: WireWriter | undefined } = {},
): Uint8Array {
  const results = batch.map((bytes) => new WireWriter().bytes(1, bytes));
  return new WireWriter()
    .repeated(1, results)
    .bool(2, hasMore)
    .string(3, id)
    .bytes(4, metadata)
    .finish();
}
