import assert from 'node:assert/strict';
import { parseBlock, validationCode } from '@yici/ledger';
import type { ChannelLedger } from '@yici/network/testing';
import {
  CHAINCODE,
  define,
  makeLab,
  put,
  write,
  type Lab,
} from '../../integration/storage/support/lab.js';
import { inFlight } from '../support/in-flight.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';
import { KeyRing } from '../support/signatures.js';
import { SerialSum, type SerialBlock } from './serial-sum.js';

const TRANSACTIONS = 3000;
/** Envelopes waiting at once: two blocks of the topology's default size. */
const WINDOW = 1000;
const VALUE = 'x'.repeat(1024);

/**
 * Goal 3: the embedded commit core against the serial sum of the same work on the same blocks: three verifies (creator
 * and two endorsers) and one sign for each transaction, one append with fdatasync and one synced batch of the same keys
 * and sizes for each block. The transactions are signed beforehand.
 */
export async function measureCommitCore(report: Report, options: BenchOptions): Promise<void> {
  const lab = await makeLab();
  const ledger = await lab.open();
  const serial = await SerialSum.open();
  try {
    await ledger.order(define(lab));
    const core = new Core(lab, ledger);
    const figures = await alternate(
      {
        core: () => core.rate(),
        serial: async () => rateOf(core.blocks, await serial.run(core.blocks, 'transaction')),
        signedOnce: async () => rateOf(core.blocks, await serial.run(core.blocks, 'block')),
      },
      options.rounds,
    );
    report.spread('commit core, every block synced', spread(figures.core), 'tx/s');
    report.spread('  serial sum, 3 verifies + 1 sign a tx', spread(figures.serial), 'tx/s');
    report.spread(
      '  serial sum, 3 verifies a tx, 1 sign a block',
      spread(figures.signedOnce),
      'tx/s',
    );
    report.figure('  transactions a block', TRANSACTIONS / core.blocks.length, '');
    report.spread('  core over the latter', ratioOf(figures.core, figures.signedOnce), 'x');
    report.goal({
      goal: '3',
      what: 'commit core / serial sum of 3 verifies + 1 sign a tx and a synced write a block',
      ratio: ratioOf(figures.core, figures.serial),
      bound: { atLeast: 1.3 },
    });
  } finally {
    await serial.close();
    await ledger.close();
    await lab.remove();
  }
}

function rateOf(blocks: readonly SerialBlock[], milliseconds: number): number {
  const count = blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);
  return (count * 1000) / milliseconds;
}

/** The ledger under pre-signed traffic. */
class Core {
  /** The newest round's. */
  blocks: readonly SerialBlock[] = [];
  readonly #lab: Lab;
  readonly #ledger: ChannelLedger;
  readonly #keys = new KeyRing();
  #made = 0;

  constructor(lab: Lab, ledger: ChannelLedger) {
    this.#lab = lab;
    this.#ledger = ledger;
  }

  /** Commits one round's transactions; per second. */
  async rate(): Promise<number> {
    const envelopes = Array.from({ length: TRANSACTIONS }, () => this.#transaction());
    const from = this.#ledger.height;
    const start = performance.now();
    const results = await inFlight(envelopes, WINDOW, (envelope) => this.#ledger.order(envelope));
    const milliseconds = performance.now() - start;
    assert.ok(
      results.every(({ code }) => code === validationCode.VALID),
      'all must be valid',
    );
    await this.#remember(from);
    return (TRANSACTIONS * 1000) / milliseconds;
  }

  #transaction(): Uint8Array {
    return write(this.#lab, [put(keyAt(this.#made++), VALUE)]).envelope;
  }

  async #remember(from: bigint): Promise<void> {
    const blocks: SerialBlock[] = [];
    for (let number = from; number < this.#ledger.height; number++) {
      const bytes = await this.#ledger.blockByNumber(number);
      assert.ok(bytes !== undefined);
      const { envelopes } = parseBlock(bytes);
      blocks.push({
        bytes: bytes.length,
        transactions: envelopes.map((envelope) => ({
          checks: this.#keys.checksOf(envelope),
          entries: transactionEntries,
        })),
      });
    }
    this.blocks = blocks;
  }
}

const keyAt = (index: number): string => `key-${String(index).padStart(12, '0')}`;

/** The index entry of its id, the value with its version, its place in the key's history. */
const stateKey = 1 + CHAINCODE.length + 1 + keyAt(0).length;
const transactionEntries = [
  { key: 1 + 64, value: 13 },
  { key: stateKey, value: 16 + VALUE.length },
  { key: stateKey + 4 + 12, value: 0 },
];
