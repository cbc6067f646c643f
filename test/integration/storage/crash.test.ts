import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { headerHash, parseBlock } from '@yici/ledger';
import type { ChannelLedger } from '@yici/network/testing';
import { expect } from 'chai';
import { take } from './support/expectations.js';
import { CHAINCODE, makeLab, type Lab } from './support/lab.js';

const ROUNDS = Number(process.env['YICI_CRASH_ROUNDS'] ?? '6');
const CHILD = fileURLToPath(new URL('./support/crash-child.js', import.meta.url));

interface Acknowledged {
  readonly kind: string;
  readonly txId: string;
  readonly block: bigint;
  readonly code: number;
  readonly key: string;
}

describe('killed in the middle of commits', () => {
  let lab: Lab;
  const acknowledged: Acknowledged[] = [];

  before(async () => {
    lab = await makeLab();
  });

  after(() => lab.remove());

  for (let round = 1; round <= ROUNDS; round++) {
    it(`keeps every acknowledged transaction, and state and blocks agree (round ${round})`, async function () {
      this.timeout(60_000);
      acknowledged.push(...(await runUntilKilled(lab, round)));
      const ledger = await lab.open({ segmentBytes: 256 * 1024 });
      try {
        await expectAllThere(ledger, acknowledged);
        await expectChain(ledger);
      } finally {
        await ledger.close();
      }
      const kept = await contents(lab, false);
      expect(await contents(lab, true)).to.deep.equal(kept);
    });
  }
});

/** Lets the child write, kills it after some acknowledgements at whatever it is doing then, and gives what it had said. */
async function runUntilKilled(lab: Lab, round: number): Promise<Acknowledged[]> {
  const enough = 1 + Math.floor(Math.random() * 150);
  const child = spawn(process.execPath, [CHILD, lab.directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acks: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, kind, txId, block, code, key] = line.split(' ');
    if (word !== 'ack' || !kind || !txId || !block || !key) continue;
    acks.push({ kind, txId, block: BigInt(block), code: Number(code), key });
    if (acks.length === enough) child.kill('SIGKILL');
  }
  await exited;
  expect(acks.length).to.be.at.least(enough);
  return acks;
}

async function expectAllThere(ledger: ChannelLedger, acks: readonly Acknowledged[]): Promise<void> {
  const state = ledger.snapshot();
  try {
    for (const { kind, txId, block, code, key } of acks) {
      expect(code).to.equal(0);
      const found = await ledger.transaction(txId);
      expect(found, txId).to.include({ block, code });
      const value =
        kind === 'secret' ? state.getPrivate(CHAINCODE, 'secrets', key) : state.get(CHAINCODE, key);
      expect(Buffer.from(value!.value).toString().startsWith(`${key} `), key).to.equal(true);
    }
  } finally {
    await state.close();
  }
}

async function expectChain(ledger: ChannelLedger): Promise<void> {
  let previous: Uint8Array = new Uint8Array(0);
  for (let number = 0n; number < ledger.height; number++) {
    const block = parseBlock((await ledger.blockByNumber(number))!);
    expect(block.number).to.equal(number);
    expect(block.previousHash).to.deep.equal(previous);
    previous = headerHash(block);
  }
  expect(ledger.chainInfo().currentBlockHash).to.deep.equal(previous);
}

/** Everything in state, as it was kept or as it comes out of the block files. */
async function contents(lab: Lab, rebuild: boolean): Promise<unknown> {
  const ledger = await lab.open({ segmentBytes: 256 * 1024, rebuild });
  const state = ledger.snapshot();
  const held = {
    height: state.height,
    entries: await take(state.range(CHAINCODE, '', '')),
    secrets: await take(state.rangePrivate(CHAINCODE, 'secrets', '', '')),
  };
  await state.close();
  await ledger.close();
  return held;
}
