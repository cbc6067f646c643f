import { common } from '@hyperledger/fabric-protos';
import { parseConfigBlock } from '@yici/ledger';
import { GatewayError } from '../../errors.js';
import { evaluated, type QuerySources } from '../own-queries.js';
import { AdapterFailure, isOverdue, isUnreached } from './failure.js';

/** Queries to the system chaincodes, for peers without a gateway service. */
export class SystemQueries {
  readonly #channel: string;
  readonly #sources: QuerySources;
  #ordering: Promise<string | undefined> | undefined;

  constructor(channel: string, sources: QuerySources) {
    this.#channel = channel;
    this.#sources = sources;
  }

  /** The peer's number of blocks. */
  async height(): Promise<number> {
    const info = await this.#ask('qscc', ['GetChainInfo', this.#channel]);
    return common.BlockchainInfo.deserializeBinary(info).getHeight();
  }

  /** The block with this transaction, common.Block bytes; undefined while the peer does not have it. */
  async blockOf(txId: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#ask('qscc', ['GetBlockByTxID', this.#channel, txId]);
    } catch (error) {
      if (isSilence(error)) throw error;
      return undefined;
    }
  }

  /**
   * Refuses SmartBFT: envelopes are sent to one orderer, which is enough for Raft, whereas under SmartBFT a single
   * faulty orderer could drop them (Fabric's ordering service documentation). Checked once.
   * @throws GatewayError ORDERING_UNSUPPORTED
   */
  async assertNotBft(): Promise<void> {
    this.#ordering ??= this.#readOrdering().catch((error: unknown) => {
      this.#ordering = undefined;
      throw error;
    });
    if ((await this.#ordering) !== 'BFT') return;
    throw new GatewayError(
      'ORDERING_UNSUPPORTED',
      `The channel ${this.#channel} is ordered by SmartBFT; use the engine fabric, whose peers send to all orderers.`,
    );
  }

  async #readOrdering(): Promise<string | undefined> {
    const block = await this.#ask('cscc', ['GetConfigBlock', this.#channel]);
    return parseConfigBlock(block).orderer?.type;
  }

  #ask(chaincode: string, args: readonly string[]): Promise<Uint8Array> {
    return evaluated(this.#sources, { channel: this.#channel, chaincode }, args);
  }
}

/** Whether the peer could not be queried, in contrast to a negative answer. */
function isSilence(error: unknown): boolean {
  return !(error instanceof AdapterFailure) || isUnreached(error) || isOverdue(error);
}
