import { peer } from '@hyperledger/fabric-protos';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import { ShimPeer, type Announced } from '../support/shim-peer.js';
import { by, foundEverything, morning, submission } from '../support/story.js';
import { tellEverything } from '../support/tale.js';

const { Type } = peer.ChaincodeMessage;
const generous: Announced = { read: 1000, write: 1000 };

/** What a case costs in messages; the story so far is not counted. */
async function filedThrough(shimPeer: ShimPeer, name = 'hrss.clerk1'): Promise<ContractLedger> {
  const ledger = new ContractLedger(shimPeer);
  await foundEverything(ledger);
  shimPeer.asked.length = 0;
  await ledger.run('case.submit', submission(), by(name, morning('2026-03-02')));
  return ledger;
}

describe('batches with the peer', () => {
  it('take one message for the reads of a case and one for its writes', async () => {
    const shimPeer = new ShimPeer(generous);
    await filedThrough(shimPeer);
    expect(shimPeer.asked).to.deep.equal([
      { type: Type.GET_STATE_MULTIPLE, keys: 6 },
      { type: Type.WRITE_BATCH_STATE, keys: 2 },
    ]);
  });

  it('are left alone with a peer that announces none, or sizes that hold no two keys', async () => {
    for (const announced of [undefined, { read: 0, write: 0 }, { read: 1, write: 1 }]) {
      const shimPeer = new ShimPeer(announced);
      await filedThrough(shimPeer);
      const types = shimPeer.asked.map(({ type }) => type);
      expect(types).to.deep.equal([
        ...Array.from({ length: 6 }, () => Type.GET_STATE),
        ...Array.from({ length: 2 }, () => Type.PUT_STATE),
      ]);
    }
  });

  it('are cut where the peer says', async () => {
    const shimPeer = new ShimPeer({ read: 3, write: 1000 });
    await filedThrough(shimPeer);
    expect(shimPeer.asked.slice(0, 2)).to.deep.equal([
      { type: Type.GET_STATE_MULTIPLE, keys: 3 },
      { type: Type.GET_STATE_MULTIPLE, keys: 3 },
    ]);
  });

  it('leave the same state and the same policies behind as single messages, for every command', async () => {
    const singly = new ContractLedger(new ShimPeer());
    await tellEverything(singly);
    for (const announced of [generous, { read: 2, write: 2 }]) {
      const batched = new ContractLedger(new ShimPeer(announced));
      await tellEverything(batched);
      expect(batched.dump()).to.deep.equal(singly.dump());
      expect(batched.policies).to.deep.equal(singly.policies);
      expect(batched.policies.size).to.be.greaterThan(0);
    }
  });

  it('fail the transaction in the words of the peer that refuses one', async () => {
    const shimPeer = new ShimPeer(generous);
    const ledger = new ContractLedger(shimPeer);
    await foundEverything(ledger);
    const before = ledger.dump();
    shimPeer.failing = 'GET_STATE_MULTIPLE failed';
    const attempt = ledger.run(
      'case.submit',
      submission(),
      by('hrss.clerk1', morning('2026-03-02')),
    );
    const message = await attempt.then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    expect(message).to.equal('GET_STATE_MULTIPLE failed');
    expect(ledger.dump()).to.deep.equal(before);
  });

  it('write nothing when the rule refuses', async () => {
    const shimPeer = new ShimPeer(generous);
    const ledger = await filedThrough(shimPeer);
    shimPeer.asked.length = 0;
    const again = ledger.run('case.submit', submission(), by('hrss.clerk1', morning('2026-03-02')));
    const code = await again.then(
      () => 'nothing',
      (error: unknown) => (error instanceof ContractError ? error.code : error),
    );
    expect(code).to.equal('ALREADY_EXISTS');
    expect(shimPeer.asked.map(({ type }) => type)).to.deep.equal([Type.GET_STATE_MULTIPLE]);
  });
});
