import { isToBeArchived, pendingTransfer, wholeArchive, type CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { archiving, foundArchives, sound } from '../support/archives.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
  reason,
  receivedCase,
  reviewedCase,
  submission,
} from '../support/story.js';
import { march, revoking, workingDays } from '../support/timed.js';

let ledger: RuleLedger;
beforeEach(async () => {
  ledger = new RuleLedger();
  await foundEverything(ledger);
});

const clerk = (day = 20) => by('offices.clerk1', march(day));
const theCase = () => ledger.get('case', caseNo)!;
const archive = async (input: object = {}, act = clerk()) =>
  (await ledger.run('case.archive', { caseNo, ...archiving, ...input }, act)) as CaseRecord;
const correct = () => {
  const correction = { caseNo, seq: 1, reasonCode: 'clerical' as const, note: '笔误' };
  return ledger.run('case.correct', correction, by('offices.head1', march(20)));
};
/** Whether the owner has to archive it, and which archive to receive it. */
const waits = () => [isToBeArchived(theCase()), pendingTransfer(theCase())?.to];

/** How each of the states in which a case is closed is reached. */
const endings: Readonly<Record<string, () => Promise<unknown>>> = {
  NOT_ACCEPTED: async () => {
    await receivedCase(ledger);
    const notRequired = { ...reason, code: 'notRequired' } as const;
    await ledger.run('case.refuse', { caseNo, reason: notRequired }, clerk(3));
  },
  WITHDRAWN: async () => {
    await receivedCase(ledger);
    const withdraw = { caseNo, reasonCode: 'notNeeded' as const };
    await ledger.run('case.withdraw', withdraw, by('hrss.clerk1', march(3)));
  },
  DEEMED_WITHDRAWN: async () => {
    await receivedCase(ledger);
    const items = [{ code: 'quote', deficiency: 'unclear' as const }];
    const notice = { caseNo, items, limit: workingDays(2) };
    await ledger.run('case.supplementNotice', notice, clerk(3));
    await ledger.run('case.deemWithdrawn', { caseNo }, clerk(19));
  },
  ACCEPTANCE_REVOKED: async () => {
    await receivedCase(ledger, ['application']);
    const gap = { caseNo, tolerated: ['quote'], limit: workingDays(3), pledge: digestOf('pledge') };
    await ledger.run('case.tolerantAccept', gap, clerk(3));
    const revoke = revoking(caseNo, 'supplementOverdue');
    await ledger.run('case.revokeAcceptance', revoke, by('offices.head2', march(9)));
  },
  DECISION_REVOKED: async () => {
    await deliveredCase(ledger);
    const revoke = revoking(caseNo, 'obtainedByDeceit');
    await ledger.run('case.revokeDecision', revoke, by('offices.head2', march(9)));
  },
  DELIVERED: () => deliveredCase(ledger),
  'DELIVERED, refused': async () => {
    await reviewedCase(ledger);
    const refused = { caseNo, outcome: 'refused', document: digestOf('no'), reason } as const;
    await ledger.run('case.decide', refused, by('offices.head1', march(5)));
    await ledger.run('case.complete', { caseNo, result: digestOf('reply') }, clerk(5));
    await ledger.run('case.deliver', { caseNo, form: 'web' }, clerk(6));
  },
};

describe('archiving a closed case', () => {
  for (const [name, end] of Object.entries(endings)) {
    const [ended = ''] = name.split(',');
    it(`takes one that ended as ${name}, and leaves it closed for everything else`, async () => {
      await end();
      const before = theCase();
      expect(before.state).to.equal(ended);
      expect(waits()).to.deep.equal([true, undefined]);
      const after = await archive();
      expect(after.state).to.equal(ended === 'DELIVERED' ? 'ARCHIVED' : ended);
      expect(after.nationalNumber).to.equal(before.nationalNumber);
      const { package: named, retention: period, retentionBasis: basis } = archiving;
      expect(after.archive).to.deep.equal({
        ...{ package: named, retention: { period, basis }, at: march(20) },
        by: { department: 'offices', role: 'clerk', user: 'offices.clerk1' },
        ...{ formedOn: before.updatedAt.slice(0, 10), upTo: before.nextSeq },
      });
      expect(waits()).to.deep.equal([false, undefined]);
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => archive());
      await expectRefusal(ledger, 'CASE_CLOSED', () =>
        ledger.run('case.accept', { caseNo }, clerk()),
      );
      await expectRefusal(ledger, 'CASE_CLOSED', () =>
        ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1', march(20))),
      );
    });
  }

  it('is the owner’s, and of no open case', async () => {
    await reviewedCase(ledger);
    await expectRefusal(ledger, 'WRONG_STATE', () => archive());
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await ledger.run('case.decide', decide, by('offices.head1', march(5)));
    await ledger.run('case.complete', { caseNo, result: digestOf('reply') }, clerk(5));
    await ledger.run('case.deliver', { caseNo, form: 'web' }, clerk(6));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      archive({}, by('hrss.clerk1', march(20))),
    );
  });

  it('refuses a package of the case as it was before', async () => {
    const { head } = await deliveredCase(ledger);
    await correct();
    await expectRefusal(ledger, 'PACKAGE_DIFFERS', () => archive({ head }));
    expect(wholeArchive(await archive({ head: theCase().head }))).to.not.equal(undefined);
  });

  it('is due again once the archived case was acted on, and keeps its retention', async () => {
    await deliveredCase(ledger);
    const first = await archive();
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => archive());
    await correct();
    expect(wholeArchive(theCase())).to.equal(undefined);
    expect(waits()).to.deep.equal([true, undefined]);
    const { retention, retentionBasis, ...bare } = archiving;
    expect([retention, retentionBasis]).to.have.length(2);
    const again = (await ledger.run(
      'case.archive',
      { caseNo, ...bare, package: digestOf('second') },
      clerk(23),
    )) as CaseRecord;
    expect(again.archive).to.deep.include({
      ...{ retention: first.archive?.retention, formedOn: first.archive?.formedOn },
      package: digestOf('second'),
    });
    const revoke = revoking(caseNo, 'obtainedByDeceit');
    await ledger.run('case.revokeDecision', revoke, by('offices.head2', march(24)));
    expect((await archive({}, clerk(25))).state).to.equal('DECISION_REVOKED');
  });
});

describe('the retention period of an archive', () => {
  const fixed = { period: 'permanent', basis: '归档范围和保管期限表 1.1' } as const;

  it('comes from the act, whole, where the matter’s version says nothing', async () => {
    await deliveredCase(ledger);
    for (const missing of [{ retention: undefined }, { retentionBasis: undefined }]) {
      const given = JSON.parse(JSON.stringify({ ...archiving, ...missing })) as typeof archiving;
      await expectRefusal(ledger, 'RETENTION_UNCLEAR', () =>
        ledger.run('case.archive', { caseNo, ...given }, clerk()),
      );
    }
  });

  it('comes from the matter’s version alone where that has one', async () => {
    await publishMatter(ledger, { ...leaseMatter, retention: fixed }, 'offices');
    const filed = { ...submission(), matterVersion: 2 };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(2)));
    const withdraw = { caseNo, reasonCode: 'notNeeded' as const };
    await ledger.run('case.withdraw', withdraw, by('hrss.clerk1', march(3)));
    await expectRefusal(ledger, 'RETENTION_UNCLEAR', () => archive());
    const bare = { caseNo, package: archiving.package };
    const after = (await ledger.run('case.archive', bare, clerk())) as CaseRecord;
    expect(after.archive?.retention).to.deep.equal(fixed);
  });

  it('is set anew after an appraisal, by a head of who keeps it (art 24)', async () => {
    await deliveredCase(ledger);
    const anew = { caseNo, retention: 'permanent', retentionBasis: '鉴定', report: sound.report };
    const reset = (user: string) =>
      ledger.run('case.resetRetention', anew as never, by(user, march(21)));
    await expectRefusal(ledger, 'NOT_FOUND', () => reset('offices.head1'));
    await archive();
    await expectRefusal(ledger, 'ROLE_REFUSED', () => reset('offices.clerk1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => reset('hrss.head1'));
    const { archive: after } = (await reset('offices.head1')) as CaseRecord;
    expect(after?.retention).to.deep.equal({ period: 'permanent', basis: '鉴定' });
    expect(after?.appraisal?.report).to.deep.equal(sound.report);
    expect(isToBeArchived(theCase())).to.equal(false);
    await foundArchives(ledger, 'data');
    await ledger.run('case.transferArchive', { caseNo, package: archiving.package }, clerk(22));
    const receipt = { caseNo, package: archiving.package, ...sound };
    await ledger.run('case.receiveArchive', receipt, by('data.clerk1', march(22)));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => reset('offices.head1'));
    await reset('data.head1');
  });
});

describe('the transfer of an archive', () => {
  const named = { caseNo, package: archiving.package };
  const transfer = (input: object = {}, act = clerk(23)) =>
    ledger.run('case.transferArchive', { ...named, ...input }, act);
  const receive = async (input: object = {}, user = 'data.clerk1') =>
    (await ledger.run(
      'case.receiveArchive',
      { ...named, ...sound, ...input },
      by(user, march(24)),
    )) as CaseRecord;
  beforeEach(async () => {
    await deliveredCase(ledger);
  });

  it('is of what is archived whole, by its package, to who has the function, once', async () => {
    await expectRefusal(ledger, 'NOT_ARCHIVED', () => transfer());
    await archive();
    await expectRefusal(ledger, 'FUNCTION_VACANT', () => transfer());
    await foundArchives(ledger, 'data');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => transfer({}, by('data.clerk1')));
    await expectRefusal(ledger, 'PACKAGE_DIFFERS', () => transfer({ package: digestOf('other') }));
    await correct();
    await expectRefusal(ledger, 'NOT_ARCHIVED', () => transfer());
    await archive();
    await transfer();
    expect(theCase().parties).to.include('data');
    expect(theCase().state).to.equal('ARCHIVED');
    expect(waits()).to.deep.equal([false, 'data']);
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => transfer());
  });

  it('ends with the receipt of the archive, whose four checks it passed', async () => {
    await foundArchives(ledger, 'data');
    await archive();
    await expectRefusal(ledger, 'NOT_FOUND', () => receive());
    await transfer();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => receive({}, 'offices.clerk1'));
    await expectRefusal(ledger, 'PACKAGE_DIFFERS', () => receive({ package: digestOf('other') }));
    await expectRefusal(ledger, 'CHECK_NOTE_MISSING', () => receive({ security: false }));
    const { archive: after } = await receive();
    expect(after?.transfer?.receipt).to.deep.equal({
      ...{ ...sound, received: true, at: march(24) },
      by: { department: 'data', role: 'clerk', user: 'data.clerk1' },
    });
    expect(waits()).to.deep.equal([false, undefined]);
    await expectRefusal(ledger, 'NOT_FOUND', () => receive());
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => transfer());
    expect(
      ledger
        .chain(caseNo)
        .map(({ type }) => type)
        .slice(-3),
    ).to.deep.equal(['case.archive', 'case.transferArchive', 'case.receiveArchive']);
  });

  for (const check of ['authenticity', 'integrity', 'usability', 'security']) {
    it(`goes back, with what is wrong, where ${check} failed, and comes again`, async () => {
      await foundArchives(ledger, 'data');
      await archive();
      await transfer();
      await expectRefusal(ledger, 'CHECK_NOTE_MISSING', () => receive({ [check]: false }));
      const sent = await receive({ [check]: false, note: '文件无法打开' });
      expect(sent.archive?.transfer?.receipt).to.deep.include({ received: false });
      expect(pendingTransfer(sent)).to.equal(undefined);
      expect(waits()).to.deep.equal([true, undefined]);
      const mended = digestOf('mended');
      await archive({ package: mended });
      await transfer({ package: mended });
      expect((await receive({ package: mended })).archive?.transfer?.receipt?.received).to.equal(
        true,
      );
    });
  }

  it('is not checked by whom handed it over, in the archive’s own cases', async () => {
    await foundArchives(ledger, 'offices');
    await archive();
    await transfer();
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => receive({}, 'offices.clerk1'));
    await receive({}, 'offices.clerk2');
  });

  it('takes what was archived before retention was asked for', async () => {
    await foundArchives(ledger, 'data');
    const { package: old } = archiving;
    const before = theCase();
    const earlier = { package: old, by: before.submittedBy, at: before.updatedAt };
    for (const [key, record] of ledger.state) {
      if (record === before) {
        ledger.state.set(key, { ...before, state: 'ARCHIVED', archive: earlier });
      }
    }
    expect(waits()).to.deep.equal([false, undefined]);
    await transfer();
    expect((await receive()).archive?.transfer?.receipt?.received).to.equal(true);
  });
});
