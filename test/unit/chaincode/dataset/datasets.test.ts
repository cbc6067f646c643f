import type { CommandInput, DatasetVersionRecord } from '@yici/domain/model';
import { canonicalDigest, padded } from '@yici/domain/model';
import { expect } from 'chai';
import { duty, registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  closedDataset,
  dataset,
  digestOf,
  expectRefusal,
  foundRegistry,
  importCalendar,
  morning,
  openDataset,
  publishDataset,
  without,
} from '../support/story.js';

describe('the data catalogue', () => {
  const datasetId = 'finance.budget';
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
  });

  const register = async (
    content: CommandInput<'dataset.register'> = dataset(datasetId),
    user = 'finance.clerk1',
    date = '2026-03-02',
  ) =>
    (await ledger.run(
      'dataset.register',
      content,
      by(user, morning(date)),
    )) as DatasetVersionRecord;
  const approve = async (
    { version, contentDigest }: DatasetVersionRecord,
    date = '2026-03-02',
    user = 'finance.head1',
  ) =>
    (await ledger.run(
      'dataset.approve',
      { datasetId, version, contentDigest, secrecyReview: digestOf('review') },
      by(user, morning(date)),
    )) as DatasetVersionRecord;
  const publish = async (
    { version, contentDigest }: DatasetVersionRecord,
    date = '2026-03-03',
    user = 'data.clerk1',
  ) =>
    (await ledger.run(
      'dataset.publish',
      { datasetId, version, contentDigest },
      by(user, morning(date)),
    )) as DatasetVersionRecord;
  const entry = () => ledger.get('dataset', datasetId)!;
  const versionOf = (version: number) => ledger.get('datasetVersion', datasetId, padded(version))!;

  it('takes a conditional class with scope and conditions, and a refusing one with reason and law (art 15)', async () => {
    await expectRefusal(ledger, 'SHARE_TERMS_MISSING', () =>
      register(without(dataset(datasetId), 'conditions')),
    );
    await expectRefusal(ledger, 'SHARE_TERMS_MISSING', () =>
      register(without(closedDataset(datasetId), 'exclusion')),
    );
    await register();
    await register(closedDataset('finance.closed'));
    await register(openDataset('finance.open'));
    expect(ledger.all('dataset')).to.have.length(3);
  });

  it('takes no condition that the class does not allow (art 15)', async () => {
    const { conditions } = dataset(datasetId);
    const { exclusion } = closedDataset(datasetId);
    const attempts: [CommandInput<'dataset.register'>, string][] = [
      [{ ...openDataset(datasetId), conditions: conditions! }, 'conditions'],
      [{ ...closedDataset(datasetId), conditions: conditions! }, 'conditions'],
      [{ ...dataset(datasetId), exclusion: exclusion! }, 'exclusion'],
    ];
    for (const [content, added] of attempts) {
      const details = await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () => register(content));
      expect(details['added']).to.deep.equal([added]);
    }
  });

  it('takes data out of sharing only by a law, a regulation or a decision of the State Council (art 14)', async () => {
    const { exclusion } = closedDataset(datasetId);
    const [basis] = exclusion!.bases;
    const by = (rank: 'law' | 'stateCouncilDecision' | 'departmentRule' | 'localRule') => ({
      ...closedDataset(datasetId),
      exclusion: { reason: 'reason', bases: [{ ...basis!, rank }] },
    });
    for (const rank of ['departmentRule', 'localRule'] as const) {
      await expectRefusal(ledger, 'EXCLUSION_BASIS_REFUSED', () => register(by(rank)));
    }
    await register(by('stateCouncilDecision'));
  });

  it('takes a promise that is shorter than the law, never a longer one (art 21, 22)', async () => {
    const days = (value: number) => ({ value, unit: 'workingDay' }) as const;
    const attempts = [
      { ...dataset(datasetId), promised: { reply: days(11) } },
      { ...openDataset(datasetId), promised: { reply: days(2) } },
      { ...dataset(datasetId), promised: { deliver: days(21) } },
    ];
    for (const content of attempts) {
      await expectRefusal(ledger, 'LIMIT_EXCEEDS_STATUTORY', () => register(content));
    }
    await register({ ...dataset(datasetId), promised: { reply: days(5), deliver: days(3) } });
  });

  it('belongs to the source department, and rests on one of its duties', async () => {
    await register();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      register(dataset(datasetId), 'hrss.clerk1'),
    );
    await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
      register({ ...dataset('finance.x'), dutyCode: 'none' }),
    );
    await registerDuties(ledger);
    await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
      register({ ...dataset('finance.x'), dutyCode: duty('hrss').code }),
    );
    const { code } = duty('finance');
    const { content } = await register({ ...dataset('finance.x'), dutyCode: code });
    expect(content.dutyCode).to.equal(code);
  });

  it('is approved by the head of the source department, who did not word it (art 13, 16)', async () => {
    const first = await register();
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      approve(first, '2026-03-02', 'finance.clerk2'),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      approve(first, '2026-03-02', 'hrss.head1'),
    );
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () =>
      approve({ ...first, contentDigest: canonicalDigest('another') }),
    );
    await approve(first);
    await expectRefusal(ledger, 'WRONG_STATE', () => approve(first));
    const own = await register(dataset(datasetId), 'finance.head1');
    expect(versionOf(1).status, 'the next version takes its place').to.equal('superseded');
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => approve(own));
    await expectRefusal(ledger, 'WRONG_STATE', () => approve(first));
  });

  it('asks for an impact assessment when a field is personal (PIPL art 55)', async () => {
    const name = { zh: '姓名', en: 'Name' };
    const content = { ...dataset(datasetId), fields: [{ code: 'name', name, personal: true }] };
    const version = await register(content);
    const details = await expectRefusal(ledger, 'ASSESSMENT_MISSING', () => approve(version));
    expect(details['personalFields']).to.deep.equal(['name']);
    await ledger.run(
      'dataset.approve',
      {
        datasetId,
        version: 1,
        contentDigest: version.contentDigest,
        secrecyReview: digestOf('review'),
        impactAssessment: digestOf('assessment'),
      },
      by('finance.head1'),
    );
  });

  it('is published by the lead authority within two working days, or late and marked so (art 17)', async () => {
    const approved = await approve(
      await register(dataset(datasetId), 'finance.clerk1', '2026-02-13'),
      '2026-02-13',
    );
    expect(approved.review, 'make-up Saturday 02-14, then the Spring Festival').to.deep.equal({
      startedOn: '2026-02-13',
      dueOn: '2026-02-24',
    });
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      publish(approved, '2026-02-24', 'finance.clerk2'),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () => publish({ ...approved, version: 2 }));
    expect(entry().status).to.equal('pending');
    expect((await publish(approved, '2026-02-24')).review?.late).to.equal(false);
    expect(entry()).to.include({ status: 'published', version: 1, latest: 1 });
    const second = await approve(await register(), '2026-03-02');
    expect((await publish(second, '2026-03-05')).review?.late).to.equal(true);
    expect(versionOf(1).status).to.equal('superseded');
  });

  it('is not reviewed by whoever worded or approved it, also when the lead authority is its source', async () => {
    const own = await register(dataset(datasetId), 'data.clerk1');
    const approved = await approve(own, '2026-03-02', 'data.head1');
    for (const user of ['data.clerk1', 'data.head1']) {
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => publish(approved, '2026-03-03', user));
    }
    await publish(approved, '2026-03-03', 'data.clerk2');
  });

  it('stays as published while the next version is under way or sent back', async () => {
    await publishDataset(ledger, dataset(datasetId), 'finance');
    const next = await approve(
      await register({ ...openDataset(datasetId), grade: 2 }),
      '2026-03-02',
    );
    expect(entry()).to.include({ version: 1, latest: 2, shareClass: 'conditional' });
    const input = { datasetId, version: 2, note: 'scope unclear' };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('dataset.sendBack', input, by('hrss.clerk1')),
    );
    await ledger.run('dataset.sendBack', input, by('data.clerk1', morning('2026-03-03')));
    expect(versionOf(2)).to.deep.include({ status: 'returned' });
    expect(versionOf(2).review).to.include({ outcome: 'returned', note: 'scope unclear' });
    await expectRefusal(ledger, 'WRONG_STATE', () => publish(next));
    expect(entry().version).to.equal(1);
  });

  it('names the materials it stands in for, as long as the version in force covers them', async () => {
    await publishDataset(ledger, { ...dataset(datasetId), covers: ['budget', 'quote'] }, 'finance');
    const covers = (code: string) => ledger.get('datasetCover', code, datasetId)?.active;
    await register({ ...dataset(datasetId), covers: ['plan'] });
    expect([covers('budget'), covers('quote'), covers('plan')]).to.deep.equal([
      true,
      true,
      undefined,
    ]);
    await publishDataset(ledger, { ...dataset(datasetId), covers: ['quote', 'plan'] }, 'finance');
    expect([covers('budget'), covers('quote'), covers('plan')]).to.deep.equal([false, true, true]);
  });

  describe('after a change of the facts', () => {
    const note = (changedOn = '2026-03-02', user = 'finance.clerk1', date = '2026-03-03') =>
      ledger.run(
        'dataset.noteChange',
        { datasetId, changedOn, cause: 'duty', reason: 'reorganised' },
        by(user, morning(date)),
      );
    const extend = (date: string, user = 'data.clerk1') =>
      ledger.run('dataset.extendUpdate', { datasetId, reason: 'survey' }, by(user, morning(date)));
    beforeEach(() => publishDataset(ledger, dataset(datasetId), 'finance'));

    it('is updated within ten working days of that day (art 17)', async () => {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => note('2026-03-02', 'hrss.clerk1'));
      await expectRefusal(ledger, 'VALIDITY_INVALID', () => note('2026-03-04'));
      await note();
      expect(entry().change).to.include({ dueOn: '2026-03-16', limitDays: 10 });
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => note());
      const approved = await approve(await register(), '2026-03-17');
      expect(approved.approval?.change).to.deep.equal({
        on: '2026-03-02',
        dueOn: '2026-03-16',
        limitDays: 10,
        cause: 'duty',
        late: true,
      });
      expect(entry().change).to.equal(undefined);
    });

    it('has five days more with the lead authority’s consent, once and in time (art 17)', async () => {
      await expectRefusal(ledger, 'NOT_FOUND', () => extend('2026-03-04'));
      await note('2026-03-02', 'data.clerk2');
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => extend('2026-03-04', 'finance.head1'));
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => extend('2026-03-04', 'data.clerk2'));
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => extend('2026-03-17'));
      await extend('2026-03-16');
      expect(entry().change).to.include({ dueOn: '2026-03-23', limitDays: 15 });
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => extend('2026-03-17'));
      const approved = await approve(await register(), '2026-03-23');
      expect(approved.approval?.change?.late).to.equal(false);
    });
  });
});
