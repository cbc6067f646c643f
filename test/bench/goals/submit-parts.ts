import assert from 'node:assert/strict';
import { join } from 'node:path';
import { caseNumber, shanghaiDay } from '@yici/gateway/testing';
import { decodeTxRwSet } from '@yici/ledger';
import { departmentPaths, readTopology } from '@yici/network/testing';
import { z } from 'zod';
import { BareChaincode } from '../support/bare-chaincode.js';
import { quantile } from '../support/load.js';
import { callLike, CryptoNeed, stateOf, type Specimen } from '../support/specimen.js';
import type { Stack } from '../support/stack.js';
import { SerialSum, type EntrySize, type SerialBlock } from './serial-sum.js';

export interface PartTimes {
  readonly crypto: number;
  readonly chaincode: number;
  readonly write: number;
}

const TIMES = 50;
const submitted = z.looseObject({ taskCode: z.string() });

/**
 * What one `case.submit` alone is made of, each measured by itself in milliseconds: its signatures and their checks; its
 * round trips with the chaincode, over a stream with nothing behind it but a table; a block's signature and synced write.
 */
export class SubmitParts {
  readonly #crypto: CryptoNeed;
  readonly #chaincode: BareChaincode;
  readonly #serial: SerialSum;
  readonly #specimen: Specimen;
  readonly #block: SerialBlock;

  private constructor(specimen: Specimen, chaincode: BareChaincode, serial: SerialSum) {
    this.#specimen = specimen;
    this.#crypto = new CryptoNeed(specimen);
    this.#chaincode = chaincode;
    this.#serial = serial;
    this.#block = {
      bytes: specimen.bytes.length + 1500,
      transactions: [{ checks: [], entries: entriesOf(specimen) }],
    };
  }

  static async open(stack: Stack, specimen: Specimen): Promise<SubmitParts> {
    const { chaincode, departments } = readTopology(join(stack.state, 'topology.yaml'));
    const tls = departmentPaths(stack.state, departments[0]?.id ?? '').chaincode;
    const state = await stateOf(stack, chaincode.name);
    const bare = await BareChaincode.connect(`127.0.0.1:${chaincode.port}`, tls, state);
    return new SubmitParts(specimen, bare, await SerialSum.open());
  }

  /** Messages between peer and chaincode, there and back. */
  get messages(): number {
    return this.#chaincode.received * 2;
  }

  /** Medians. */
  async measure(): Promise<PartTimes> {
    const crypto = await median(() => Promise.resolve(this.#crypto.measure(1)));
    const chaincode = await median(() => this.#call());
    const write = await median(() => this.#serial.run([this.#block], 'block'));
    return { crypto, chaincode, write };
  }

  async close(): Promise<void> {
    this.#chaincode.close();
    await this.#serial.close();
  }

  async #call(): Promise<number> {
    const call = callLike(this.#specimen, withUnusedNumber);
    const start = performance.now();
    await this.#chaincode.run(call);
    return performance.now() - start;
  }
}

/** The gateway issues numbers from 1 on and does not come so far in a benchmark. */
function withUnusedNumber(argument: string): string {
  const input = submitted.parse(JSON.parse(argument));
  return JSON.stringify({
    ...input,
    caseNo: caseNumber(input.taskCode, shanghaiDay(new Date()), 9999),
  });
}

/** The index entry of its id; every value with its version, and its place in the key's history. */
function entriesOf({ transaction }: Specimen): readonly EntrySize[] {
  const writes = decodeTxRwSet(transaction.results).flatMap(({ namespace, writes: all }) =>
    all.map(({ key, value }) => ({ key: `${namespace}\0${key}`, value })),
  );
  assert.ok(writes.length > 0);
  return [
    { key: 1 + 64, value: 13 },
    ...writes.flatMap(({ key, value }) => [
      { key: 1 + Buffer.byteLength(key), value: 16 + value.length },
      { key: 1 + Buffer.byteLength(key) + 16, value: 0 },
    ]),
  ];
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < TIMES; index++) times.push(await measure());
  return quantile(times, 0.5);
}
