import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput, CommandName, LedgerRecord } from '@yici/domain/model';
import { canonicalJson, ContractError } from '@yici/domain/model';
import {
  blockChanges,
  calendarYears,
  countedCases,
  indexKeys,
  indexLayout,
  IndexReader,
  listDue,
  openLevelStore,
  proposalsOf,
  type DueProposal,
  type StateStore,
} from '@yici/gateway/testing';
import { namespace, write } from '../../../support/ledger/transaction.js';
import { RuleLedger, type Act } from '../../chaincode/support/ledger.js';
import { by, morning } from '../../chaincode/support/story.js';

/** The rules over a map, and the gateway's index of what they write, one command a block. */
export class IndexedLedger {
  readonly ledger = new RuleLedger();
  readonly index: IndexReader;
  readonly #store: StateStore;
  readonly #directory: string;
  readonly #indexed = new Map<string, LedgerRecord>();
  readonly #blocks: ReturnType<typeof blockOf>[] = [];

  private constructor(store: StateStore, directory: string) {
    this.#store = store;
    this.#directory = directory;
    this.index = new IndexReader(store);
  }

  static async open(): Promise<IndexedLedger> {
    const directory = mkdtempSync(join(tmpdir(), 'yici-due-'));
    return new IndexedLedger(await openLevelStore(join(directory, 'index')), directory);
  }

  async close(): Promise<void> {
    await this.#store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    act: Act,
    secret?: unknown,
  ): Promise<LedgerRecord> {
    const record = await this.ledger.run(name, input, act, secret);
    await this.indexAll(act.at);
    return record;
  }

  /** Takes what the ledger's map has new into the index, as one block. */
  async indexAll(at: string | null = null): Promise<void> {
    const fresh = [...this.ledger.state].filter(([key, record]) => {
      return this.#indexed.get(key) !== record;
    });
    for (const [key, record] of fresh) this.#indexed.set(key, record);
    const writes = fresh.map(([key, record]) => write(key, canonicalJson(record)));
    const block = blockOf(this.#blocks.length, writes, at);
    const counted = await countedCases(this.#store, calendarYears(block, 'yici'));
    this.#blocks.push(block);
    const { changes } = blockChanges(block, this.#store, 'yici', counted);
    await this.#store.write([...changes, checkpointAt(block)]);
  }

  /** Another gateway's index of the same blocks. */
  async copyOfIndex(): Promise<{
    readonly index: IndexReader;
    readonly close: () => Promise<void>;
  }> {
    const store = await openLevelStore(join(this.#directory, 'copy'));
    for (const block of this.#blocks) {
      const counted = await countedCases(store, calendarYears(block, 'yici'));
      const { changes } = blockChanges(block, store, 'yici', counted);
      await store.write([...changes, checkpointAt(block)]);
    }
    return { index: new IndexReader(store), close: () => store.close() };
  }

  /** What the index says is due on a day. */
  async due(day: string): Promise<DueProposal[]> {
    const { items } = await listDue(this.index, day, { limit: 1_000 });
    const proposals = await Promise.all(items.map((item) => proposalsOf(item, day, this.index)));
    return proposals.flat();
  }

  /** The contract's answer to a proposal on a day: `taken`, or the code of its refusal. Changes nothing. */
  async verdict({ command, input }: DueProposal, day: string): Promise<string> {
    const trial = this.ledger.copy();
    try {
      await trial.run(command, input as never, gateway(day));
      return 'taken';
    } catch (error) {
      if (error instanceof ContractError) return error.code;
      throw error;
    }
  }
}

/** A gateway's identity of its own, at noon in Shanghai so that it comes after that day's acts. */
export const gateway = (day: string): Act => ({
  ...by('data.gateway', morning(day).replace('T01', 'T04')),
  role: 'gateway',
});

function checkpointAt({ number, hash }: ReturnType<typeof blockOf>) {
  const progress = { channel: 'yici', genesis: hash, block: number, hash, configBlock: 0 };
  const value = JSON.stringify({ layout: indexLayout, ...progress });
  return { type: 'put', key: indexKeys.checkpoint, value } as const;
}

function blockOf(number: number, writes: Parameters<typeof transactionOf>[0], at: string | null) {
  const hash = String(number).padStart(64, '0');
  return {
    number,
    hash,
    previousHash: hash,
    dataHash: hash,
    transactions: [{ ...transactionOf(writes, hash), at }],
    config: false,
  };
}

function transactionOf(writes: readonly ReturnType<typeof write>[], txId: string) {
  return {
    index: 0,
    txId,
    type: 'ENDORSER_TRANSACTION',
    code: 0,
    at: null,
    creator: null,
    chaincode: 'yici',
    function: null,
    event: undefined,
    writes: [namespace({ name: 'yici', writes })],
    digests: [],
    endorsers: [],
  };
}
