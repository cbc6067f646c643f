import type { CommandInput, LedgerRecord } from '@yici/domain/model';
import { refusalBases, shareClocks } from '@yici/domain/model';
import { expect } from 'chai';
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
  publishDataset,
} from '../support/story.js';
import {
  consentTo,
  filedShare,
  grant,
  grantedShare,
  payDataset,
  publishPay,
  refuse,
  request,
  shareId,
  terms,
} from '../support/shares.js';

describe('a request to share data', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
    await publishPay(ledger);
  });

  const share = () => ledger.get('share', shareId)!;
  const ask = (
    changes: Partial<CommandInput<'sharing.request'>> = {},
    user = 'hrss.clerk1',
    date = '2026-03-02',
  ) => ledger.run('sharing.request', { ...request, ...changes }, by(user, morning(date)));
  const consent = (user = 'hrss.head1', date = '2026-03-02') =>
    ledger.run('sharing.consent', { shareId }, by(user, morning(date)));
  const act = (user: string, date: string) => by(user, morning(date));

  it('says basis, scenario, scope, method and term of a published, shareable data set (art 14, 16, 20, 22)', async () => {
    await ledger.run('dataset.register', dataset('finance.fresh'), by('finance.clerk1'));
    await publishDataset(ledger, closedDataset('finance.closed'), 'finance');
    await expectRefusal(ledger, 'DATASET_UNKNOWN', () => ask({ datasetId: 'nothing' }));
    await expectRefusal(ledger, 'DATASET_NOT_PUBLISHED', () => ask({ datasetId: 'finance.fresh' }));
    await expectRefusal(ledger, 'SHARE_CLASS_REFUSED', () => ask({ datasetId: 'finance.closed' }));
    await expectRefusal(ledger, 'FIELD_UNKNOWN', () => ask({ fields: ['grade', 'other'] }));
    await expectRefusal(ledger, 'SHARE_METHOD_REFUSED', () => ask({ method: 'batch' }));
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      ask({ term: { from: '2026-03-05', to: '2026-03-04' } }),
    );
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      ask({ term: { from: '2026-01-01', to: '2026-03-01' } }),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => ask({}, 'finance.clerk2'));
    await ask();
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => ask());
    expect(share()).to.deep.include({
      state: 'REQUESTED',
      parties: ['data', 'finance', 'hrss'],
      conditions: ['approvalOnly', 'noCopies'],
      limits: { reply: 10, deliver: 20 },
    });
  });

  it('is filed by the consent of a head who did not write it (art 20)', async () => {
    await ask();
    const granting = () => ledger.run('sharing.grant', terms, act('finance.clerk1', '2026-03-03'));
    await expectRefusal(ledger, 'WRONG_STATE', granting);
    await expectRefusal(ledger, 'ROLE_REFUSED', () => consent('hrss.clerk2'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => consent('finance.head1'));
    await consent();
    expect(share().reply).to.deep.equal({
      startedOn: '2026-03-02',
      dueOn: '2026-03-16',
      limitDays: 10,
    });
    await expectRefusal(ledger, 'WRONG_STATE', () => consent());
  });

  it('is not consented to by its own writer', async () => {
    await ask({}, 'hrss.head1');
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => consent());
    await consent('hrss.head2');
  });

  it('is answered in one working day without conditions, in ten with, in fewer where promised (art 21)', async () => {
    const promised = { reply: { value: 3, unit: 'workingDay' }, deliver: undefined } as const;
    const quick = {
      ...payDataset,
      datasetId: 'finance.quick',
      promised: { reply: promised.reply },
    };
    await publishDataset(ledger, quick, 'finance');
    const due = async (id: string, datasetId: string) =>
      (await filedShare(ledger, { shareId: id, datasetId })).reply?.dueOn;
    expect(await due('s-open', 'finance.open')).to.equal('2026-03-03');
    expect(await due('s-conditional', 'finance.pay')).to.equal('2026-03-16');
    expect(await due('s-quick', 'finance.quick')).to.equal('2026-03-05');
  });

  it('counts a late reply and shows it', async () => {
    await filedShare(ledger);
    await grant(ledger, '2026-03-17');
    expect(share().granted?.late).to.equal(true);
    await filedShare(ledger, { shareId: 's-2' });
    await refuse(ledger, '2026-03-16', { shareId: 's-2', basis: 'secret' });
    expect(ledger.get('share', 's-2')?.refusal?.late).to.equal(false);
  });

  it('is withdrawn by the requester until there is a reply', async () => {
    await filedShare(ledger);
    const withdraw = (user: string) =>
      ledger.run('sharing.withdraw', { shareId, reasonCode: 'other' }, by(user));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => withdraw('finance.clerk1'));
    await withdraw('hrss.clerk1');
    await expectRefusal(ledger, 'WRONG_STATE', () => withdraw('hrss.clerk1'));
  });

  describe('that lacks something', () => {
    const items: CommandInput<'sharing.askMissing'>['items'] = [
      { part: 'basis', note: 'which clause' },
      { part: 'condition', condition: 'noCopies', note: 'proof' },
    ];
    const notice = (given = items, date = '2026-03-05', user = 'finance.clerk1') =>
      ledger.run('sharing.askMissing', { shareId, items: given }, act(user, date));
    const supplement = (
      changes: Partial<CommandInput<'sharing.supplement'>>,
      user = 'hrss.head1',
      date = '2026-03-09',
    ) => ledger.run('sharing.supplement', { shareId, ...changes }, act(user, date));
    const { basis } = request;
    const proofs = [{ code: 'noCopies', document: digestOf('undertaking') }];
    beforeEach(() => filedShare(ledger));

    it('is told so once and in time, all at once (art 21)', async () => {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        notice(items, '2026-03-05', 'data.clerk1'),
      );
      await expectRefusal(ledger, 'SHARE_NOTICE_TOO_LATE', () => notice(items, '2026-03-17'));
      await notice();
      await expectRefusal(ledger, 'WRONG_STATE', () => notice());
      await supplement({ basis, proofs });
      expect(share().reply?.dueOn, 'the reply is due anew').to.equal('2026-03-23');
      await expectRefusal(ledger, 'SHARE_SECOND_NOTICE', () => notice(items, '2026-03-10'));
    });

    it('is asked for what a request says and for listed conditions, for nothing else (art 15)', async () => {
      for (const condition of ['fee', undefined]) {
        const item = { part: 'condition' as const, note: 'more' };
        const details = await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () =>
          notice([condition === undefined ? item : { ...item, condition }]),
        );
        expect(details['listed']).to.deep.equal(['approvalOnly', 'noCopies']);
      }
    });

    it('is supplemented by the head with exactly what was asked for', async () => {
      await notice();
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        supplement({ basis, proofs }, 'hrss.clerk1'),
      );
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        supplement({ basis, proofs }, 'data.head1'),
      );
      await expectRefusal(ledger, 'SUPPLEMENT_MISMATCH', () => supplement({ basis }));
      await expectRefusal(ledger, 'SUPPLEMENT_MISMATCH', () => supplement({ proofs }));
      const wider = { basis, proofs, fields: ['grade'] };
      const details = await expectRefusal(ledger, 'SUPPLEMENT_MISMATCH', () => supplement(wider));
      expect(details['notAsked']).to.deep.equal(['fields']);
      await supplement({ basis: { ...basis, clause: '第四条' }, proofs });
      expect(share().request.basis.clause).to.equal('第四条');
    });

    it('is not simply refused (art 21)', async () => {
      const refuse = (basis: string) =>
        ledger.run(
          'sharing.refuse',
          { shareId, basis, reason: 'incomplete' },
          act('finance.clerk1', '2026-03-06'),
        );
      await expectRefusal(ledger, 'SHARE_NOTICE_REQUIRED', () => refuse('incomplete'));
      await notice();
      await expectRefusal(ledger, 'SHARE_NOTICE_REQUIRED', () => refuse('outsideDuty'));
    });
  });

  describe('whose reply needs longer', () => {
    const extend = (days: number, date = '2026-03-10', user = 'finance.clerk1') =>
      ledger.run('sharing.extend', { shareId, days, reason: 'survey' }, act(user, date));
    const allow = (date = '2026-03-11', user = 'data.clerk1') =>
      ledger.run('sharing.allowExtension', { shareId }, act(user, date));

    it('has at most ten days more, once, with the lead authority’s consent before it is due (art 21)', async () => {
      await filedShare(ledger);
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => allow());
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => extend(11));
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => extend(5, '2026-03-17'));
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => extend(5, '2026-03-10', 'hrss.clerk1'));
      await extend(10);
      expect(share().reply?.dueOn, 'nothing moves without consent').to.equal('2026-03-16');
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => extend(10));
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => allow('2026-03-11', 'finance.head1'));
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => allow('2026-03-17'));
      await allow('2026-03-16');
      expect(share().reply).to.include({ dueOn: '2026-03-30', limitDays: 20 });
      await expectRefusal(ledger, 'EXTENSION_REFUSED', () => allow());
    });

    it('has more time without conditions too, as the article says of both (art 21)', async () => {
      await filedShare(ledger, { datasetId: 'finance.open' });
      await extend(5, '2026-03-03');
      await allow('2026-03-03');
      expect(share().reply).to.include({ dueOn: '2026-03-10', limitDays: 6 });
    });

    it('is not consented to by whoever asked, where the lead authority is the provider', async () => {
      await publishDataset(ledger, { ...payDataset, datasetId: 'data.map' }, 'data');
      await filedShare(ledger, { datasetId: 'data.map' });
      await extend(5, '2026-03-10', 'data.clerk1');
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => allow());
      await allow('2026-03-11', 'data.clerk2');
    });
  });

  describe('whose reply is worded', () => {
    const word = (user = 'finance.clerk1', date = '2026-03-04') =>
      ledger.run('sharing.grant', terms, act(user, date));
    const consentReply = (seq: number, user = 'finance.head1', date = '2026-03-05') =>
      ledger.run('sharing.consentReply', { shareId, seq }, act(user, date));
    beforeEach(() => filedShare(ledger));

    it('is given by the consent of a head of the provider who did not word it (art 20)', async () => {
      await expectRefusal(ledger, 'NOTHING_TO_CONSENT', () => consentReply(2));
      await word('finance.head1');
      expect(share()).to.not.have.any.keys('granted', 'refusal');
      expect(share().proposedReply).to.deep.include({ outcome: 'grant', seq: 2 });
      expect(shareClocks(share())[0], 'the reply is not given yet').to.include({ what: 'reply' });
      await expectRefusal(ledger, 'ROLE_REFUSED', () => consentReply(2, 'finance.clerk2'));
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => consentReply(2, 'hrss.head1'));
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => consentReply(2));
      await consentReply(2, 'finance.head2');
      expect(share().granted).to.deep.include({ late: false, at: morning('2026-03-05') });
      expect(share().granted?.by.user).to.equal('finance.head1');
      expect(share().granted?.consent?.by.user).to.equal('finance.head2');
      expect(share()).to.not.have.property('proposedReply');
      await expectRefusal(ledger, 'WRONG_STATE', () => consentReply(2, 'finance.head2'));
    });

    it('can be worded anew until then, and the head consents to the wording that was read', async () => {
      await word();
      const refusal = { shareId, basis: 'secret', reason: 'r' };
      await ledger.run('sharing.refuse', refusal, act('finance.clerk2', '2026-03-04'));
      await expectRefusal(ledger, 'NOTHING_TO_CONSENT', () => consentReply(2));
      await consentReply(3);
      expect(share().refusal).to.include({ basis: 'secret', late: false });
      expect(ledger.get('shareGrant', shareId)).to.equal(undefined);
    });

    it('is late by the day of the consent, however early it was worded', async () => {
      await word('finance.clerk1', '2026-03-16');
      await consentReply(2, 'finance.head1', '2026-03-17');
      expect(share().granted?.late).to.equal(true);
    });

    it('waits for the consent no longer when the request changes or is withdrawn', async () => {
      await word();
      const missing = { shareId, items: [{ part: 'scenario' as const, note: 'x' }] };
      await ledger.run('sharing.askMissing', missing, act('finance.clerk1', '2026-03-05'));
      expect(share()).to.not.have.property('proposedReply');
    });
  });

  describe('when it is refused', () => {
    const word = (changes: Partial<CommandInput<'sharing.refuse'>>, user = 'finance.clerk1') =>
      ledger.run(
        'sharing.refuse',
        { shareId, basis: 'outsideDuty', reason: 'r', ...changes },
        act(user, '2026-03-06'),
      );
    const given = (worded: LedgerRecord) =>
      consentTo(ledger, worded, act('finance.head1', '2026-03-06'));
    const law = { rank: 'law', law: '某法', clause: '第一条', text: '（条文）' } as const;

    it('names a ground of the closed list, which has its article (art 21)', async () => {
      await filedShare(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => word({}, 'data.clerk1'));
      for (const basis of ['inconvenient', 'other', 'constructor']) {
        const details = await expectRefusal(ledger, 'REFUSAL_BASIS_REQUIRED', () =>
          word({ basis }),
        );
        expect(details['allowed']).to.deep.equal(Object.keys(refusalBases));
      }
      await expectRefusal(ledger, 'REFUSAL_BASIS_REQUIRED', () =>
        word({ basis: 'conditionNotMet' }),
      );
      await expectRefusal(ledger, 'REFUSAL_BASIS_REQUIRED', () =>
        word({ basis: 'forbiddenByLaw' }),
      );
      await given(await word({}));
      expect(share().refusal).to.include({ article: refusalBases.outsideDuty });
    });

    it('names a listed condition, or a norm that can forbid it (art 14, 15)', async () => {
      await filedShare(ledger);
      const condition = { basis: 'conditionNotMet', condition: 'fee' };
      await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () => word(condition));
      const local = { basis: 'forbiddenByLaw', law: { ...law, rank: 'localRule' as const } };
      await expectRefusal(ledger, 'EXCLUSION_BASIS_REFUSED', () => word(local));
      await given(await word({ basis: 'forbiddenByLaw', law }));
      expect(share().state).to.equal('REFUSED');
    });

    it('has no conditions to cite when there are none', async () => {
      await filedShare(ledger, { datasetId: 'finance.open' });
      await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () =>
        word({ basis: 'conditionNotMet', condition: 'approvalOnly' }),
      );
    });
  });

  describe('when it is granted', () => {
    const word = (changes: Partial<CommandInput<'sharing.grant'>>, user = 'finance.clerk1') =>
      ledger.run('sharing.grant', { ...terms, ...changes }, act(user, '2026-03-03'));

    it('has terms within the request, under listed conditions only (art 15, 25)', async () => {
      await filedShare(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => word({}, 'hrss.clerk1'));
      await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () => word({ conditions: ['fee'] }));
      for (const period of [
        { from: '2026-03-01', to: '2026-05-29' },
        { from: '2026-03-02', to: '2026-07-01' },
        { from: '2026-05-30', to: '2026-05-29' },
      ]) {
        await expectRefusal(ledger, 'SHARE_TERMS_EXCEED_REQUEST', () => word({ period }));
      }
      const worded = await word({});
      await consentTo(ledger, worded, act('finance.head1', '2026-03-03'));
      await expectRefusal(ledger, 'WRONG_STATE', () => word({}));
    });

    it('is due for delivery in twenty working days, or in those the entry promises (art 22)', async () => {
      const deliver = { value: 2, unit: 'workingDay' } as const;
      const quick = { ...payDataset, datasetId: 'finance.quick', promised: { deliver } };
      await publishDataset(ledger, quick, 'finance');
      await grantedShare(ledger);
      expect(ledger.get('shareGrant', shareId)).to.include({
        startedOn: '2026-03-03',
        dueOn: '2026-03-31',
      });
      await grantedShare(ledger, { shareId: 's-2', datasetId: 'finance.quick' });
      expect(ledger.get('shareGrant', 's-2')?.dueOn).to.equal('2026-03-05');
    });

    it('gives the grant’s key to provider and requester together', async () => {
      await grantedShare(ledger);
      expect([...ledger.endorsements.values()]).to.deep.equal([['FinanceMSP', 'HrssMSP']]);
      expect([...ledger.endorsements.keys()][0]).to.include('shareGrant');
    });
  });

  describe('back from a higher level (回流, art 24)', () => {
    const county = async (changes: Partial<CommandInput<'sharing.request'>> = {}) => {
      await ask({ returnFlow: true, ...changes }, 'county.clerk1');
      await ledger.run('sharing.consent', { shareId }, act('county.head1', '2026-03-02'));
    };
    beforeEach(async () => {
      const entry = { id: 'county', name: { zh: '县', en: 'County' }, regionCode: '331102' };
      await ledger.run('department.register', { ...entry, level: 'county' }, by('county.admin'));
    });

    it('is asked by a lower level only', async () => {
      await expectRefusal(ledger, 'RETURN_FLOW_REFUSED', () => ask({ returnFlow: true }));
      await county();
      expect(share()).to.deep.include({ returnFlow: true, conditions: [] });
    });

    it('takes no condition, and is refused for secrecy or by a law only', async () => {
      await county();
      await expectRefusal(ledger, 'SHARE_CONDITION_ADDED', () =>
        ledger.run('sharing.grant', terms, act('finance.clerk1', '2026-03-03')),
      );
      const refusal = { shareId, basis: 'outsideDuty', reason: 'r' };
      await expectRefusal(ledger, 'RETURN_FLOW_REFUSED', () =>
        ledger.run('sharing.refuse', refusal, act('finance.clerk1', '2026-03-03')),
      );
      await grant(ledger, '2026-03-03', { conditions: [] });
    });
  });
});
