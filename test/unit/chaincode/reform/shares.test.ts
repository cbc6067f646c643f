import type { ShareRecord } from '@yici/domain/model';
import { compositeKey, keyOf } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { inForce, reformOf } from '../support/reforms.js';
import { datasetId, delivery, deliveredShare, publishPay, shareId } from '../support/shares.js';
import { by, expectRefusal, foundEverything, morning } from '../support/story.js';

describe('a share whose provider or requester a reorganisation changes', () => {
  let ledger: RuleLedger;
  const tenth = (user: string) => by(user, morning('2026-03-10'));
  const { reformId } = reformOf([]);
  const succeed = async () =>
    (await ledger.run(
      'sharing.succeed',
      { shareId, reformId },
      tenth('supervision.clerk1'),
    )) as ShareRecord;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishPay(ledger);
    await deliveredShare(ledger);
  });
  const heldAt = (mspId: string) =>
    [...ledger.privately.keys()].filter((key) => key.includes(`values-${mspId}`));

  it('goes on with the new provider, and the key with it', async () => {
    await expectRefusal(ledger, 'REFORM_NOTHING', succeed);
    await inForce(
      ledger,
      reformOf([{ kind: 'dataset', department: 'finance', to: 'offices', datasetId }]),
    );
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () =>
      ledger.run('sharing.deliver', delivery, tenth('finance.clerk1')),
    );
    const share = await succeed();
    expect(share).to.include({ provider: 'offices', providerMsp: 'GovernmentOfficesMSP' });
    expect(share.parties).to.include.members(['finance', 'offices']);
    const grant = ledger.get('shareGrant', shareId)!;
    expect(grant).to.include({ provider: 'offices', requester: 'hrss' });
    expect(ledger.endorsements.get(compositeKey(keyOf(grant)))).to.deep.equal([
      ...['GovernmentOfficesMSP', 'HrssMSP'],
    ]);
    expect(heldAt('FinanceMSP')).to.deep.equal([]);
    await ledger.run('sharing.deliver', delivery, tenth('offices.clerk1'));
    await expectRefusal(ledger, 'REFORM_NOTHING', succeed);
  });

  it('goes on with the new requester; values that lie with the former one are purged', async () => {
    await inForce(ledger, reformOf([{ kind: 'everything', department: 'hrss', to: 'offices' }]));
    expect(heldAt('HrssMSP')).to.have.length(2);
    const share = await succeed();
    expect(share).to.include({ requester: 'offices', requesterMsp: 'GovernmentOfficesMSP' });
    expect(heldAt('HrssMSP')).to.deep.equal([]);
    expect(heldAt('FinanceMSP')).to.have.length(2);
  });
});
