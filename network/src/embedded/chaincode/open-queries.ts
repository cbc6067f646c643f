import { peer } from '@hyperledger/fabric-protos';
import type { ResultIterator } from '../simulate/range-scan.js';

/** Results per message to the chaincode (MaxResultLimit in core/chaincode/chaincode_support.go). */
const batchSize = 100;
/** `ledger.state.totalQueryLimit` of a peer's core.yaml. */
const totalQueryLimit = 100_000;

/** An iterator over results that are already encoded (queryresult.KV or KeyModification). */
type EncodedResults = ResultIterator<Uint8Array>;

interface OpenQuery {
  readonly results: EncodedResults;
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
  async open(results: EncodedResults, pageSize?: number): Promise<peer.QueryResponse> {
    this.#opened += 1;
    const id = String(this.#opened);
    const page = pageSize !== undefined && pageSize > 0 ? pageSize : totalQueryLimit;
    const limit = Math.min(page, totalQueryLimit);
    const query = { results, limit, paginated: pageSize !== undefined, pending: [], returned: 0 };
    this.#queries.set(id, query);
    return this.#respond(id, query);
  }

  /** The next batch of an open query; undefined when the id is unknown. */
  async next(id: string): Promise<peer.QueryResponse | undefined> {
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

  async #respond(id: string, query: OpenQuery): Promise<peer.QueryResponse> {
    while (query.returned < query.limit) {
      const result = await query.results.next();
      if (!result) {
        break;
      }
      query.returned += 1;
      if (!query.paginated && query.pending.length === batchSize) {
        const batch = query.pending;
        query.pending = [result];
        return queryResponse(id, batch, true);
      }
      query.pending.push(result);
    }
    return this.#last(id, query);
  }

  async #last(id: string, query: OpenQuery): Promise<peer.QueryResponse> {
    const response = queryResponse(id, query.pending, false);
    if (query.paginated) {
      const metadata = new peer.QueryResponseMetadata();
      metadata.setBookmark(await query.results.bookmark());
      metadata.setFetchedRecordsCount(query.returned);
      response.setMetadata(metadata.serializeBinary());
    }
    await this.close(id);
    return response;
  }
}

function queryResponse(id: string, batch: Uint8Array[], hasMore: boolean): peer.QueryResponse {
  const response = new peer.QueryResponse();
  response.setId(id);
  response.setHasMore(hasMore);
  response.setResultsList(
    batch.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  return response;
}
