import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contractEvent, type ContractEvent } from '@yici/domain/model';
import {
  headerHash,
  headerType,
  newTransactionId,
  parseBlock,
  parseEnvelope,
  parseTransaction,
  transactionsFilter,
} from '@yici/ledger';

/** A transaction as it stands in the block files. */
export interface FiledTransaction {
  readonly txId: string;
  /** As its header has it: a change of the channel names none. */
  readonly stated: string;
  readonly block: number;
  readonly index: number;
  readonly code: number;
  readonly event: ContractEvent | undefined;
}

/** Where blocks come from, and the folder that they are kept below. */
export interface BlockSource {
  readonly folder: string;
  /** Writes the blocks from `from` on as files. */
  exportBlocks(out: string, from: bigint): Promise<void>;
}

/** What the block files say: the truth that index and answers are held against. */
export class LedgerFiles {
  readonly hashes: string[] = [];
  readonly transactions: FiledTransaction[] = [];
  readonly #valid = new Map<string, FiledTransaction>();
  readonly #source: BlockSource;

  constructor(source: BlockSource) {
    this.#source = source;
  }

  get height(): number {
    return this.hashes.length;
  }

  get folder(): string {
    return join(this.#source.folder, 'blocks');
  }

  valid(txId: string): FiledTransaction | undefined {
    return this.#valid.get(txId);
  }

  /** Takes in the blocks that came since; tells ids that are valid twice. */
  async catchUp(): Promise<readonly string[]> {
    await this.#source.exportBlocks(this.folder, BigInt(this.height));
    const files = (await readdir(this.folder)).filter((name) => name.endsWith('.block')).length;
    const twice: string[] = [];
    while (this.height < files) {
      const bytes = await readFile(join(this.folder, `${this.height}.block`));
      twice.push(...this.#take(bytes));
    }
    return twice;
  }

  #take(bytes: Uint8Array): readonly string[] {
    const block = parseBlock(bytes);
    const codes = transactionsFilter(block);
    const number = this.height;
    this.hashes.push(Buffer.from(headerHash(block)).toString('hex'));
    const twice: string[] = [];
    block.envelopes.forEach((envelope, index) => {
      const filed = { ...read(envelope), block: number, index, code: codes?.[index] ?? 0 };
      this.transactions.push(filed);
      if (filed.code !== 0) return;
      if (this.#valid.has(filed.txId)) twice.push(filed.txId);
      this.#valid.set(filed.txId, filed);
    });
    return twice;
  }
}

function read(bytes: Uint8Array): Pick<FiledTransaction, 'txId' | 'stated' | 'event'> {
  const { channelHeader, signatureHeader, data } = parseEnvelope(bytes);
  const { creator, nonce } = signatureHeader;
  const stated = channelHeader.txId;
  const txId = stated === '' ? newTransactionId(creator, nonce) : stated;
  const bare = { txId, stated, event: undefined };
  if (channelHeader.type !== headerType.endorserTransaction) return bare;
  const { event } = parseTransaction(data);
  if (event?.eventName === undefined || event.payload.length === 0) return bare;
  const parsed = contractEvent.safeParse(JSON.parse(Buffer.from(event.payload).toString('utf8')));
  return { txId, stated, event: parsed.data };
}
