import type { CaseRecord, CommandInput } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  receivedCase,
} from '../chaincode/support/story.js';
import { march, workingDays } from '../chaincode/support/timed.js';

describe('H4, supplements asked for again and again', () => {
  let ledger: RuleLedger;
  const items = [{ code: 'quote', deficiency: 'unclear' as const }];
  const fact = { ground: 'expiredSince', note: '报价已过期', document: digestOf('fact') } as const;
  const notice = (user: string, more: Partial<CommandInput<'case.supplementNotice'>> = {}) =>
    ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: workingDays(5), ...more },
      by(user, march(3)),
    );
  const supplement = async () => {
    const materials = [{ code: 'quote', document: digestOf('again') }];
    await ledger.run('case.supplement', { caseNo, materials }, by('hrss.clerk1', march(3)));
  };
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger, ['application', 'quote']);
  });

  it('do not ask for what was handed in', async () => {
    const there = [{ code: 'quote', deficiency: 'missing' as const }];
    const details = await expectRefusal(ledger, 'MATERIAL_PRESENT', () =>
      notice('offices.clerk1', { items: there }),
    );
    expect(details).to.deep.equal({ codes: ['quote'] });
    await notice('offices.clerk1', { items: [{ code: 'plan', deficiency: 'missing' }] });
  });

  it('need the head and a ground of the list the second time', async () => {
    await notice('offices.clerk1');
    await supplement();
    await expectRefusal(ledger, 'SECOND_NOTICE', () => notice('offices.head1'));
    await expectRefusal(ledger, 'NOTICE_CONSENT_REQUIRED', () =>
      notice('offices.clerk1', { newFact: fact }),
    );
    const { ground, ...words } = fact;
    expect(ground).to.equal('expiredSince');
    await expectRefusal(ledger, 'VALIDATION_FAILED', () =>
      notice('offices.head1', { newFact: words as typeof fact }),
    );
    const record = (await notice('offices.head1', { newFact: fact })) as CaseRecord;
    expect(record.notices).to.have.length(2);
    expect(record.notices[1]?.by).to.include({ user: 'offices.head1' });
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['secondNotice']);
  });

  it('are not consented to by the head who gave the notice before', async () => {
    await notice('offices.head1');
    await supplement();
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      notice('offices.head1', { newFact: fact }),
    );
    await notice('offices.head2', { newFact: fact });
  });
});
