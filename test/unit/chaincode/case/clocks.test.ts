import type { CaseRecord, ContractErrorCode, ContractErrorMeaning } from '@yici/domain/model';
import { caseClocks, citationsOf, contractErrors, runningPauses } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  agreeing,
  by,
  caseNo,
  digestOf,
  foundEverything,
  receivedCase,
  submission,
} from '../support/story.js';
import { acceptedCase, hearing, march, workingDays } from '../support/timed.js';

const told = (record: CaseRecord, today?: string) =>
  caseClocks(record, today).map(
    ({ what, step, department, startedOn, dueOn, limitDays, paused }) =>
      `${what}${step === undefined ? '' : ` ${step}`} ${department} ${startedOn} ${dueOn} ${limitDays}${paused ? ' paused' : ''}`,
  );

describe('the clocks of a case', () => {
  let ledger: RuleLedger;
  const clerk = (day: number) => by('offices.clerk1', march(day));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('begin with the owner’s five days, from filing and again from an answered notice', async () => {
    expect(told(await receivedCase(ledger))).to.deep.equal([
      'reply offices 2026-03-02 2026-03-09 5',
    ]);
    const items = [{ code: 'quote', deficiency: 'wrong' as const }];
    const notice = { caseNo, items, limit: workingDays(4) };
    const asked = (await ledger.run('case.supplementNotice', notice, clerk(3))) as CaseRecord;
    expect(told(asked)).to.deep.equal(['supplement hrss 2026-03-03 2026-03-09 4']);
    const materials = [{ code: 'quote', document: digestOf('new') }];
    const supplement = { caseNo, materials };
    const back = await ledger.run('case.supplement', supplement, by('hrss.clerk1', march(5)));
    expect(told(back as CaseRecord)).to.deep.equal(['reply offices 2026-03-05 2026-03-12 5']);
  });

  it('are the open steps’ and the whole’s once it is accepted, and what was tolerated', async () => {
    const accepted = await acceptedCase(ledger);
    const whole = [
      'finish offices 2026-03-03 2026-03-12 7',
      'statutory offices 2026-03-03 2026-03-31 20',
    ];
    const steps = [
      'opinion finance finance 2026-03-03 2026-03-06 3',
      'opinion headcount establishment 2026-03-03 2026-03-06 3',
    ];
    expect(told(accepted)).to.deep.equal([...steps, ...whole]);
    const gap = caseNo.replace(/1$/, '2');
    const filed = { ...submission(['application']), caseNo: gap, pledge: digestOf('pledge') };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', { caseNo: gap }, clerk(2));
    const tolerant = { caseNo: gap, tolerated: ['quote'], limit: workingDays(4) };
    expect(
      told((await ledger.run('case.tolerantAccept', tolerant, clerk(3))) as CaseRecord),
    ).to.deep.equal([...steps, 'tolerated hrss 2026-03-03 2026-03-09 4', ...whole]);
  });

  it('stand still for a special procedure, whose own clock runs, until its time is over', async () => {
    await acceptedCase(ledger);
    const held = await ledger.run('case.startSpecialProcedure', hearing(caseNo, 5), clerk(4));
    const paused = [
      'opinion finance finance 2026-03-03 2026-03-13 3 paused',
      'opinion headcount establishment 2026-03-03 2026-03-13 3 paused',
      'procedure 1 offices 2026-03-04 2026-03-11 5',
      'finish offices 2026-03-03 2026-03-19 7 paused',
      'statutory offices 2026-03-03 2026-04-08 20 paused',
    ];
    const record = held as CaseRecord;
    expect(told(record)).to.deep.equal(paused);
    expect(told(record, '2026-03-11')).to.deep.equal(paused);
    expect(runningPauses(record, '2026-03-12')).to.deep.equal([]);
    expect(told(record, '2026-03-12')).to.deep.equal(
      paused
        .filter((line) => !line.startsWith('procedure'))
        .map((line) => line.replace(' paused', '')),
    );
  });

  it('are the delivery’s after the decision, and none after it', async () => {
    await acceptedCase(ledger);
    for (const { stepId, user } of agreeing) {
      await ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, by(user, march(4)));
    }
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    const decided = await ledger.run('case.decide', decide, by('offices.head1', march(5)));
    expect(told(decided as CaseRecord)).to.deep.equal([
      'finish offices 2026-03-03 2026-03-12 7',
      'statutory offices 2026-03-03 2026-03-31 20',
      'deliver offices 2026-03-05 2026-03-19 10',
    ]);
    const result = digestOf('reply');
    const completed = await ledger.run('case.complete', { caseNo, result }, clerk(6));
    expect(told(completed as CaseRecord)).to.deep.equal([
      'deliver offices 2026-03-05 2026-03-19 10',
    ]);
    const delivered = await ledger.run('case.deliver', { caseNo, form: 'web' }, clerk(6));
    expect(told(delivered as CaseRecord)).to.deep.equal([]);
  });
});

describe('refusals about time and endings', () => {
  const codes: readonly ContractErrorCode[] = [
    'SPECIAL_PROCEDURE_RUNNING',
    'PROCEDURE_BASIS_WRONG',
    'EXTENSION_UNFOUNDED',
    'EXTENSION_TOO_LONG',
    'GOVERNMENT_APPROVAL_MISSING',
    'NOTHING_TOLERATED',
    'FORM_FIELD_UNKNOWN',
    'FORM_REQUIRED',
    'COMMITMENT_NOT_ALLOWED',
    'COMMITMENT_RISK',
    'COMMITMENT_BARRED',
    'NO_COMMITMENT',
    'INSPECTION_DONE',
    'CORRECTION_PERIOD_WRONG',
    'CORRECTION_RUNNING',
    'INSPECTION_NOT_FAILED',
  ];
  for (const code of codes) {
    it(`${code} cites its article`, () => {
      const meaning: ContractErrorMeaning = contractErrors[code];
      expect(citationsOf(meaning.basis)).to.have.length.above(0);
    });
  }
});
