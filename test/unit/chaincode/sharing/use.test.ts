import type { CommandInput } from '@yici/domain/model';
import { isMisuseOpen } from '@yici/domain/model';
import { shareClocks, unmatchedIn } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  attestation,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  receivedCase,
  without,
} from '../support/story.js';
import {
  appointGovernment,
  deliveredShare,
  delivery,
  filedShare,
  grant as giveGrant,
  grantedShare,
  publishPay,
  receipt,
  sealed,
  shareId,
  values,
} from '../support/shares.js';

describe('a share in use', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishPay(ledger);
    await appointGovernment(ledger);
  });

  const share = () => ledger.get('share', shareId)!;
  const grant = () => ledger.get('shareGrant', shareId)!;
  const act = (user: string, date: string) => by(user, morning(date));

  describe('when data are delivered', () => {
    const nothing = 'nothing private';
    const deliver = (
      changes: Partial<CommandInput<'sharing.deliver'>> = {},
      secret: unknown = { values },
      date = '2026-03-04',
      user = 'finance.service1',
    ) => {
      const given = secret === nothing ? undefined : secret;
      return ledger.run('sharing.deliver', { ...delivery, ...changes }, act(user, date), given);
    };
    beforeEach(() => grantedShare(ledger));

    it('come from the provider, within the granted fields and the granted period (art 22, 25)', async () => {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        deliver({}, { values }, '2026-03-04', 'data.clerk1'),
      );
      const other = { code: 'address', ...digestOf('x') };
      await expectRefusal(ledger, 'SHARE_SCOPE_EXCEEDED', () =>
        deliver({ fields: [other] }, nothing),
      );
      await expectRefusal(ledger, 'SHARE_OUT_OF_TERM', () => deliver({}, { values }, '2026-05-30'));
      await expectRefusal(ledger, 'DELIVERY_MISMATCH', () => deliver({ fields: [] }, nothing));
      await deliver();
      expect(
        grant().deliveries.map(({ no, late, privately }) => [no, late, privately]),
      ).to.deep.equal([[1, false, true]]);
    });

    it('are the values of the digests, each and all', async () => {
      const [first, second] = values;
      const attempts: unknown[] = [
        { values: [first] },
        { values: [first, { ...second!, value: '0' }] },
        { values: [first, { ...second!, salt: '0c'.repeat(32) }] },
        { values: [...values, { ...first!, code: 'more' }] },
      ];
      for (const attempt of attempts) {
        const details = await expectRefusal(ledger, 'DELIVERY_MISMATCH', () =>
          deliver({}, attempt),
        );
        expect(JSON.stringify(details)).to.not.include('4711.25');
      }
    });

    it('come late after the twentieth day, and show it', async () => {
      await deliver({}, { values }, '2026-04-01');
      expect(grant().deliveries[0]?.late).to.equal(true);
    });

    it('may be a batch outside the ledger, of which the digest is kept', async () => {
      await deliver({ fields: [], package: digestOf('batch') }, nothing);
      expect(ledger.privately.size).to.equal(0);
      expect(grant().deliveries[0]?.privately).to.equal(false);
    });

    it('write nothing but the grant’s key, which provider and requester endorse', async () => {
      const before = new Map(ledger.state);
      await deliver();
      const changed = [...ledger.state].filter(([key, record]) => before.get(key) !== record);
      expect(changed.map(([, { kind }]) => kind)).to.deep.equal(['shareGrant']);
    });

    it('are confirmed by the requester, once each time', async () => {
      const confirm = (user = 'hrss.clerk1', date = '2026-03-05') =>
        ledger.run('sharing.confirm', { shareId }, act(user, date));
      await expectRefusal(ledger, 'NOTHING_DELIVERED', () => confirm());
      await deliver();
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => confirm('finance.clerk1'));
      await confirm();
      expect(share().deliveries).to.equal(1);
      await expectRefusal(ledger, 'NOTHING_DELIVERED', () => confirm());
      await deliver({ fields: [sealed(values[0]!)] }, { values: [values[0]] }, '2026-03-06');
      await confirm('hrss.clerk1', '2026-03-09');
      expect(share().deliveries).to.equal(2);
    });

    it('are not delivered before a grant, nor after the end', async () => {
      await filedShare(ledger, { shareId: 's-2' });
      await expectRefusal(ledger, 'WRONG_STATE', () => deliver({ shareId: 's-2' }));
      const end = { shareId, reason: 'notNeeded' } as const;
      await ledger.run('sharing.end', end, act('hrss.clerk1', '2026-03-04'));
      await expectRefusal(ledger, 'WRONG_STATE', () => deliver());
    });
  });

  describe('when it is used', () => {
    const use = (
      changes: Partial<CommandInput<'sharing.receipt'>>,
      user = 'hrss.clerk1',
      date = '2026-03-10',
    ) => ledger.run('sharing.receipt', { ...receipt, ...changes }, act(user, date));

    it('has its uses recorded by the requester (art 29)', async () => {
      await deliveredShare(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => use({}, 'finance.clerk1'));
      await expectRefusal(ledger, 'NOT_FOUND', () => use({ shareId: 'nothing' }));
      await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
        use({ usedAt: '2026-03-11T00:00:00.000Z' }),
      );
      await use({});
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => use({}));
      expect(share().receipts).to.include({ count: 1, outside: 0 });
      expect(ledger.get('use', `share:${shareId}`, 'use-1')).to.deep.include({ outside: [] });
    });

    it('shows a use outside its grant by itself, instead of refusing the record (art 25)', async () => {
      await filedShare(ledger);
      await use({ useId: 'early' }, 'hrss.clerk1', '2026-03-02');
      await giveGrant(ledger, '2026-03-03', { conditions: [] });
      await use({ useId: 'wide', fields: ['grade', 'salary', 'address'] });
      await use({ useId: 'after' }, 'hrss.clerk1', '2026-06-01');
      const limit = { value: 5, unit: 'workingDay' } as const;
      const misuse = { shareId, ground: 'otherPurpose', note: 'n', limit };
      await ledger.run('sharing.suspend', misuse, act('finance.clerk1', '2026-06-02'));
      await use({ useId: 'stopped' }, 'hrss.clerk1', '2026-06-03');
      const outside = (useId: string) => ledger.get('use', `share:${shareId}`, useId)?.outside;
      expect(outside('early')).to.deep.equal(['noGrant']);
      expect(outside('wide')).to.deep.equal(['widerScope']);
      expect(outside('after')).to.deep.equal(['outsidePeriod']);
      expect(outside('stopped')).to.deep.equal(['outsidePeriod', 'suspended']);
      expect(share().receipts).to.include({ count: 4, outside: 4 });
      expect(unmatchedIn(share(), grant(), '2026-06-03')).to.include('receiptWithoutGrant');
    });

    it('is to be suspended for a use outside its grant, or it is said why not (art 27)', async () => {
      await deliveredShare(ledger);
      const explain = (user = 'finance.clerk1') =>
        ledger.run('sharing.explainMisuse', { shareId, note: '误录' }, act(user, '2026-03-11'));
      await expectRefusal(ledger, 'NOT_FOUND', () => explain());
      await use({ useId: 'wide', fields: ['grade', 'salary', 'address'] });
      expect(isMisuseOpen(share())).to.equal(true);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => explain('hrss.clerk1'));
      await explain('data.clerk1');
      expect(share().misuseAnswered).to.deep.include({ outside: 1, note: '误录' });
      expect(isMisuseOpen(share())).to.equal(false);
      await expectRefusal(ledger, 'ALREADY_EXPLAINED', () => explain());
      await use({ useId: 'again', fields: ['grade', 'salary', 'address'] });
      expect(isMisuseOpen(share())).to.equal(true);
      const limit = { value: 5, unit: 'workingDay' } as const;
      const stop = { shareId, ground: 'widerScope', note: 'n', limit };
      await ledger.run('sharing.suspend', stop, act('finance.clerk1', '2026-03-12'));
      await expectRefusal(ledger, 'WRONG_STATE', () => explain());
      await ledger.run('sharing.mend', { shareId, note: 'n' }, act('hrss.clerk1', '2026-03-13'));
      await ledger.run(
        'sharing.resume',
        { shareId, note: 'n' },
        act('finance.clerk1', '2026-03-16'),
      );
      expect(isMisuseOpen(share())).to.equal(false);
    });

    it('surfaces the half that lacks its other half', async () => {
      await grantedShare(ledger);
      expect(unmatchedIn(share(), grant(), '2026-03-31')).to.deep.equal([]);
      expect(unmatchedIn(share(), grant(), '2026-04-01')).to.deep.equal(['grantedWithoutDelivery']);
      await ledger.run('sharing.deliver', delivery, act('finance.clerk1', '2026-03-04'), {
        values,
      });
      expect(unmatchedIn(share(), grant(), '2026-04-01')).to.deep.equal(['grantedWithoutReceipt']);
      await use({});
      expect(unmatchedIn(share(), grant(), '2026-04-01')).to.deep.equal([]);
      await ledger.run(
        'sharing.end',
        { shareId, reason: 'purposeMet' },
        act('hrss.clerk1', '2026-04-02'),
      );
      expect(unmatchedIn(share(), grant(), '2026-04-11')).to.deep.equal(['endedWithoutDisposal']);
    });
  });

  describe('when its data are challenged', () => {
    const challenge = (
      changes: Partial<CommandInput<'sharing.challenge'>> = {},
      user = 'hrss.clerk1',
    ) =>
      ledger.run(
        'sharing.challenge',
        { shareId, challengeId: 'c-1', fields: ['grade'], finding: 'wrong', ...changes },
        act(user, '2026-03-06'),
      );
    const answer = (date: string, user = 'finance.clerk1') =>
      ledger.run(
        'sharing.answerChallenge',
        { shareId, challengeId: 'c-1', outcome: 'corrected', note: 'n' },
        act(user, date),
      );

    it('is answered by the provider within ten working days, or late (art 26)', async () => {
      await deliveredShare(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => challenge({}, 'finance.clerk1'));
      await expectRefusal(ledger, 'SHARE_SCOPE_EXCEEDED', () => challenge({ fields: ['address'] }));
      await expectRefusal(ledger, 'NOT_FOUND', () => answer('2026-03-09'));
      await challenge();
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => challenge());
      const open = ledger.get('challenge', shareId, 'c-1')!;
      expect(shareClocks(open)).to.deep.equal([
        {
          what: 'answerChallenge',
          department: 'finance',
          startedOn: '2026-03-06',
          dueOn: '2026-03-20',
          limitDays: 10,
        },
      ]);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => answer('2026-03-09', 'hrss.clerk1'));
      await answer('2026-03-23');
      await expectRefusal(ledger, 'ALREADY_ANSWERED', () => answer('2026-03-23'));
      const answered = ledger.get('challenge', shareId, 'c-1')!;
      expect(answered.answer).to.include({ outcome: 'corrected', late: true });
      expect(shareClocks(answered)).to.deep.equal([]);
      expect(share().openChallenges).to.equal(0);
    });

    it('needs something that was delivered', async () => {
      await grantedShare(ledger);
      await expectRefusal(ledger, 'NOTHING_DELIVERED', () => challenge());
    });
  });

  describe('as the ground of an attestation', () => {
    const issue = (changes: Partial<CommandInput<'attestation.issue'>> = {}) => {
      const input = {
        ...attestation('att-pay', 'finance.pay'),
        requester: 'hrss',
        fields: [sealed(values[0]!)],
        validFrom: '2026-03-04T00:00:00.000Z',
        validTo: '2026-05-01T00:00:00.000Z',
        shareId,
      };
      return ledger.run(
        'attestation.issue',
        { ...input, ...changes },
        act('finance.clerk1', '2026-03-04'),
      );
    };
    beforeEach(() => receivedCase(ledger));

    it('is needed for conditional data that the matter of the case does not list (art 20, 21)', async () => {
      await grantedShare(ledger);
      const bare = without(attestation('att-pay', 'finance.pay'), 'fields');
      await expectRefusal(ledger, 'SHARE_GRANT_REQUIRED', () =>
        ledger.run(
          'attestation.issue',
          { ...bare, fields: [sealed(values[0]!)] },
          act('finance.clerk1', '2026-03-04'),
        ),
      );
      await issue();
      expect(ledger.get('attestation', 'att-pay')?.shareId).to.equal(shareId);
    });

    it('covers what is attested: data set, requester, fields and period (art 25)', async () => {
      await filedShare(ledger);
      await expectRefusal(ledger, 'NOT_FOUND', () => issue({ shareId: 'nothing' }));
      await expectRefusal(ledger, 'WRONG_STATE', () => issue());
      await giveGrant(ledger, '2026-03-03', { conditions: [] });
      await expectRefusal(ledger, 'ATTESTATION_MISMATCH', () => issue({ requester: 'offices' }));
      await expectRefusal(ledger, 'SHARE_OUT_OF_TERM', () =>
        issue({ validTo: '2026-06-15T00:00:00.000Z' }),
      );
      await expectRefusal(ledger, 'SHARE_OUT_OF_TERM', () =>
        issue({ validFrom: '2026-03-01T00:00:00.000Z' }),
      );
      await grantedShare(ledger, { shareId: 's-2', fields: ['grade'] });
      await expectRefusal(ledger, 'SHARE_SCOPE_EXCEEDED', () =>
        issue({ shareId: 's-2', fields: values.map(sealed) }),
      );
    });

    it('counts the attestation’s uses as its own', async () => {
      await grantedShare(ledger);
      await issue();
      const use = {
        attestationId: 'att-pay',
        useId: 'u-1',
        scenario: 's',
        process: 'p',
        effect: 'e',
        storage: 'none',
      };
      await ledger.run('attestation.recordUse', use, act('hrss.clerk1', '2026-03-05'));
      expect(share().receipts.count).to.equal(1);
      const last = ledger.all('shareEvent').filter((event) => event.shareId === shareId);
      expect(last.map(({ type }) => type)).to.include('attestation.recordUse');
      expect(ledger.get('case', caseNo)?.state).to.equal('RECEIVED');
    });
  });
});
