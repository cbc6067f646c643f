import { buildEnvelope, decodeEnvelope, validationCode } from '@yici/ledger';
import type { ChannelLedger } from '@yici/network/testing';
import { expect } from 'chai';
import assert from 'node:assert/strict';
import type { Worker } from 'node:worker_threads';
import {
  CHAINCODE,
  define,
  makeLab,
  put,
  rwset,
  transaction,
  write,
  type Lab,
  type Signatory,
} from './support/lab.js';

const FLOOD = 600;

/** How one envelope of the flood ended. */
type Ending = number | string;

describe('A flood of envelopes', () => {
  let lab: Lab;
  let ledger: ChannelLedger;
  let workers: Worker[];
  const remember = (worker: Worker) => workers.push(worker);

  beforeEach(async function () {
    this.timeout(30_000);
    workers = [];
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab));
    process.on('worker', remember);
  });

  afterEach(async () => {
    process.off('worker', remember);
    await ledger.close();
    await lab.remove();
  });

  /** All at once; every seventh is not signed by its creator, every fifth other one not by one of its endorsers. */
  async function flood(): Promise<{ readonly endings: Ending[]; readonly expected: Ending[] }> {
    const [honest] = lab.peers;
    assert.ok(honest !== undefined);
    const forging = forgerOf(lab);
    const all = Array.from({ length: FLOOD }, (_, index) => {
      const writes = [put(`key-${index}`, 'value')];
      if (index % 7 === 0) {
        return { envelope: badlySigned(write(lab, writes).envelope), expected: 'ORDERER_REFUSED' };
      }
      if (index % 5 === 0) {
        const set = rwset(CHAINCODE, { writes });
        const { envelope } = transaction(lab, { rwset: set, endorsers: [forging, honest] });
        return { envelope, expected: validationCode.ENDORSEMENT_POLICY_FAILURE };
      }
      return { envelope: write(lab, writes).envelope, expected: validationCode.VALID };
    });
    const endings = await Promise.all(all.map(({ envelope }) => endingOf(ledger, envelope)));
    return { endings, expected: all.map(({ expected }) => expected) };
  }

  it('is judged like each of them alone, on threads that check nothing but signatures', async function () {
    this.timeout(60_000);
    const first = await flood();
    expect(first.endings).to.deep.equal(first.expected);
    expect(workers.length, 'threads').to.be.greaterThan(0);
    const started = workers.length;
    const second = await flood();
    expect(second.endings).to.deep.equal(second.expected);
    expect(workers.length, 'the same threads').to.equal(started);
  });

  it('is judged all the same when these threads end in the midst of it', async function () {
    this.timeout(60_000);
    await flood();
    const under = flood();
    await Promise.all(workers.map((worker) => worker.terminate()));
    const { endings, expected } = await under;
    expect(endings).to.deep.equal(expected);
    expect(await flood().then((again) => again.endings)).to.deep.equal(expected);
  });

  it('leaves no thread behind when the ledger is closed under it', async function () {
    this.timeout(60_000);
    await flood();
    const under = flood();
    await ledger.close();
    const { endings } = await under;
    const known: readonly Ending[] = [0, 10, 'ORDERER_REFUSED', 'CLOSED'];
    expect(endings.filter((ending) => !known.includes(ending))).to.deep.equal([]);
    expect(endings).to.include('CLOSED');
    expect(workers.map(({ threadId }) => threadId)).to.deep.equal(workers.map(() => -1));
  });
});

function endingOf(ledger: ChannelLedger, envelope: Uint8Array): Promise<Ending> {
  return ledger.order(envelope).then(
    ({ code }) => code,
    (error: unknown) =>
      error instanceof Error && 'code' in error ? String(error.code) : String(error),
  );
}

/** The second department's peer, if it signed something else. */
function forgerOf({ peers }: Lab): Signatory {
  const [, peer] = peers;
  assert.ok(peer !== undefined);
  return { identity: peer.identity, sign: (message) => peer.sign(message.subarray(1)) };
}

/** The envelope with the signature of another payload. */
function badlySigned(envelope: Uint8Array): Uint8Array {
  const { payload, signature } = decodeEnvelope(envelope);
  const other = Uint8Array.from(payload);
  other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1;
  return buildEnvelope(other, signature);
}
