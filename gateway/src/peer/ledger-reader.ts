import { canonicalJson, functionName, type QueryName, type QueryInput } from '@yici/domain/model';
import { common } from '@hyperledger/fabric-protos';
import { GatewayError, type GatewayErrorCode } from '../errors.js';
import { toGatewayError } from './failures.js';
import { evaluated, type QuerySources } from './own-queries.js';
import type { Target } from './port.js';

/**
 * Result of a probe. `unanswered`: the peer is reachable but its chaincode did not answer; `refused`: the peer refuses
 * the query, for example because of its time.
 */
export type PeersAnswer = 'answered' | 'unanswered' | 'refused' | 'away';

const answers: Readonly<Partial<Record<GatewayErrorCode, PeersAnswer>>> = {
  CONTRACT_REFUSED: 'answered',
  ENDORSEMENT_FAILED: 'unanswered',
  PEER_TIMEOUT: 'unanswered',
  PEER_UNAVAILABLE: 'away',
};

/**
 * Queries the peer under the gateway's own identity, for point reads that must not depend on this gateway's index. Read
 * permission is checked afterwards, as for the index.
 */
export class LedgerReader {
  readonly #target: Target;
  readonly #sources: QuerySources;

  constructor(target: Target, sources: QuerySources) {
    this.#target = target;
    this.#sources = sources;
  }

  /**
   * A query's result, JSON text as returned by the contract.
   * @throws ContractError as the contract refuses (NOT_FOUND), GatewayError PEER_…
   */
  async query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<string> {
    const args = [functionName(name), canonicalJson(input)];
    return Buffer.from(await this.#evaluate(this.#target.chaincode, args)).toString('utf8');
  }

  /** Whether the contract answers a query signed now; any response of the contract counts. Never rejects. */
  async ask(): Promise<PeersAnswer> {
    try {
      await this.query('department.get', { id: 'pulse' });
      return 'answered';
    } catch (error) {
      return error instanceof GatewayError ? (answers[error.code] ?? 'refused') : 'answered';
    }
  }

  /** The peer's number of blocks (qscc GetChainInfo); of another member's, as the own peer was told by it. */
  async height(mspId?: string): Promise<number> {
    const organizations = mspId === undefined ? [] : [mspId];
    const args = ['GetChainInfo', this.#target.channel];
    const bytes = await this.#evaluate('qscc', args, organizations);
    return common.BlockchainInfo.deserializeBinary(bytes).getHeight();
  }

  async #evaluate(
    chaincode: string,
    args: readonly string[],
    organizations: readonly string[] = [],
  ): Promise<Uint8Array> {
    const { channel } = this.#target;
    try {
      return await evaluated(this.#sources, { channel, chaincode }, args, organizations);
    } catch (error) {
      throw toGatewayError(error);
    }
  }
}
