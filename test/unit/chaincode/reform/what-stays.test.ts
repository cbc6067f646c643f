import type { OneThingRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  publishParts,
  publishTransfer,
  transfer,
  transferCode,
} from '../support/one-thing-story.js';
import { inForce, reformOf } from '../support/reforms.js';
import {
  attestation,
  by,
  expectRefusal,
  foundEverything,
  morning,
  receivedCase,
} from '../support/story.js';

const recorded = {
  ...{
    scenario: '租用审批',
    process: '在线核对',
    effect: '免交材料',
    storage: '未留存',
    disposal: '不适用',
  },
};
const tenth = (user: string) => by(user, morning('2026-03-10'));

describe('what a reorganisation does not move by an act', () => {
  let ledger: RuleLedger;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const attestationId = 'att-budget';
  async function issued(): Promise<void> {
    await receivedCase(ledger);
    await ledger.run(
      'attestation.issue',
      attestation(attestationId, 'finance.budget'),
      by('finance.clerk1', morning('2026-03-02')),
    );
  }

  it('is an attestation: whoever has its data set by now suspends and revokes it', async () => {
    await issued();
    const datasetId = 'finance.budget';
    const moves = { kind: 'dataset', department: 'finance', to: 'data', datasetId } as const;
    await inForce(ledger, reformOf([moves]));
    const suspend = (user: string) =>
      ledger.run('attestation.suspend', { attestationId, reasonCode: 'underReview' }, tenth(user));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => suspend('finance.head1'));
    expect(await suspend('data.head1')).to.include({ status: 'suspended', issuer: 'finance' });
  });

  it('is the use of one: who goes on for the requester records it', async () => {
    await issued();
    await inForce(ledger, reformOf([{ kind: 'everything', department: 'offices', to: 'data' }]));
    const use = { ...recorded, attestationId, useId: 'use-1' };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('attestation.recordUse', use, tenth('hrss.clerk1')),
    );
    expect(await ledger.run('attestation.recordUse', use, tenth('data.clerk1'))).to.include({
      requester: 'data',
    });
  });

  it('is a one thing: who goes on for its lead drafts its next version and retires it', async () => {
    await publishParts(ledger);
    const { lead } = await publishTransfer(ledger);
    const to = lead === 'data' ? 'hrss' : 'data';
    await inForce(ledger, reformOf([{ kind: 'everything', department: lead, to }]));
    const retire = { code: transferCode, version: 1, reasonCode: 'other' as const };
    await expectRefusal(ledger, 'DEPARTMENT_ENDED', () =>
      ledger.run('oneThing.retire', retire, tenth(`${lead}.head1`)),
    );
    expect(await ledger.run('oneThing.retire', retire, tenth(`${to}.head1`))).to.include({ lead });
    const next = (await ledger.run(
      'oneThing.draft',
      transfer,
      tenth(`${to}.clerk1`),
    )) as OneThingRecord;
    expect(next).to.include({ version: 2, lead: to });
    expect(ledger.get('oneThingHead', transferCode)).to.include({ lead: to });
  });
});
