import type { CaseRecord } from '@yici/domain/model';
import { caseClocks } from '@yici/domain/model';
import { createWorkingDayCounter, dateOfDay, dayNumber, dueAfter } from '@yici/domain/rules';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  calendars,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  receivedCase,
} from '../support/story.js';
import { acceptedCase, hearing, march, workingDays } from '../support/timed.js';

const owner = (day: number) => by('offices.clerk1', march(day));

describe('a special procedure (R7)', () => {
  let ledger: RuleLedger;
  const start = async (day: number, more: object = {}) =>
    (await ledger.run(
      'case.startSpecialProcedure',
      { ...hearing(caseNo, 5), ...more },
      owner(day),
    )) as CaseRecord;
  const end = async (no: number, day: number, user = 'offices.clerk1') =>
    (await ledger.run(
      'case.endSpecialProcedure',
      { caseNo, no },
      by(user, march(day)),
    )) as CaseRecord;
  const dues = (record: CaseRecord) => [record.dueOn, ...record.steps.map(({ dueOn }) => dueOn)];
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('moves the due dates of the case and of its open steps by the days it was announced to take', async () => {
    expect(dues(ledger.get('case', caseNo)!)).to.deep.equal([
      '2026-03-12',
      '2026-03-06',
      '2026-03-06',
      undefined,
    ]);
    const record = await start(4);
    expect(record).to.include({ state: 'SPECIAL_PROCEDURE', nationalNumber: 9 });
    expect(dues(record)).to.deep.equal(['2026-03-19', '2026-03-13', '2026-03-13', undefined]);
    expect(record.statutoryDueOn).to.equal('2026-04-08');
    expect(record.pauses?.[0]).to.deep.include({
      no: 1,
      procedure: 'hearing',
      law: '行政许可法',
      notice: digestOf('hearing letter'),
      from: '2026-03-04',
      to: '2026-03-11',
    });
    expect(ledger.chain(caseNo).at(-1)?.data).to.deep.include({ limit: workingDays(5) });
  });

  it('gives back what it did not need when it ends early', async () => {
    await start(4);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => end(1, 6, 'finance.clerk1'));
    const record = await end(1, 6);
    expect(record).to.include({ state: 'ACCEPTED', nationalNumber: 10 });
    expect(dues(record)).to.deep.equal(['2026-03-16', '2026-03-10', '2026-03-10', undefined]);
    expect(record.pauses?.[0]).to.include({ to: '2026-03-06', plannedTo: '2026-03-11' });
    await expectRefusal(ledger, 'PROCEDURE_ENDED', () => end(1, 6));
    await expectRefusal(ledger, 'NOT_FOUND', () => end(2, 6));
  });

  it('ends by itself on its last day, which any member may record and nobody can prolong by waiting', async () => {
    await start(4);
    const record = await end(1, 25, 'hrss.service1');
    expect(record.state).to.equal('ACCEPTED');
    expect(dues(record)).to.deep.equal(['2026-03-19', '2026-03-13', '2026-03-13', undefined]);
    expect(record.pauses?.[0]).to.include({ to: '2026-03-11' });
  });

  it('keeps its result to the owner', async () => {
    await start(4);
    const input = { caseNo, no: 1, result: digestOf('minutes') };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.endSpecialProcedure', input, by('hrss.clerk1', march(25))),
    );
    const record = (await ledger.run('case.endSpecialProcedure', input, owner(25))) as CaseRecord;
    expect(record.pauses?.[0]?.ended).to.deep.include({ result: digestOf('minutes') });
  });

  it('does not count a day twice that two of them cover, and the clock goes on when the last ends', async () => {
    await start(4);
    const both = await start(6, { procedure: 'expertReview' });
    // 03-05 to 03-13: seven working days, not ten.
    expect(both.dueOn).to.equal('2026-03-23');
    const one = await end(1, 9);
    expect(one).to.include({ state: 'SPECIAL_PROCEDURE', nationalNumber: 9 });
    expect(one.dueOn).to.equal('2026-03-23');
    const none = await end(2, 10);
    expect(none).to.include({ state: 'ACCEPTED', dueOn: '2026-03-18' });
  });

  it('takes longer than announced only with reasons and another letter, and is flagged', async () => {
    await start(4);
    await expectRefusal(ledger, 'PROLONGING_UNEXPLAINED', () => start(11));
    const record = await start(11, {
      grounds: digestOf('the witness is ill'),
      limit: workingDays(2),
    });
    expect(record.dueOn).to.equal('2026-03-23');
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['procedureProlonged']);
  });

  it('stops a clock also on its last day, and saves none that has run out', async () => {
    const record = await start(12, { limit: workingDays(3) });
    expect(dues(record)).to.deep.equal(['2026-03-17', '2026-03-06', '2026-03-06', undefined]);
    const back = await end(1, 12);
    expect(back.dueOn).to.equal('2026-03-12');
    const late = await start(13, { procedure: 'test' });
    expect(late.dueOn).to.equal('2026-03-12');
  });

  it('holds the decision but not the opinions, and a step that opens meanwhile has all its days after it', async () => {
    await start(4);
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
    ] as const) {
      await ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, by(user, march(5)));
    }
    const open = ledger.get('case', caseNo)!;
    expect(open.state).to.equal('SPECIAL_PROCEDURE');
    expect(open.steps[2]).to.include({ status: 'open', dueOn: '2026-03-16' });
    await ledger.run(
      'case.opinion',
      { caseNo, stepId: 'registry', answer: 'agree' },
      by('data.clerk1', march(6)),
    );
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    const details = await expectRefusal(ledger, 'SPECIAL_PROCEDURE_RUNNING', () =>
      ledger.run('case.decide', decide, by('offices.head1', march(11))),
    );
    expect(details).to.deep.equal({ no: [1] });
    const decided = await ledger.run('case.decide', decide, by('offices.head1', march(12)));
    expect(decided).to.include({ state: 'DECIDED_GRANTED', nationalNumber: 8 });
  });

  it('shows the case going on with the next act once its time is over', async () => {
    await start(4);
    const record = await ledger.run(
      'case.opinion',
      { caseNo, stepId: 'finance', answer: 'agree' },
      by('finance.clerk1', march(12)),
    );
    expect(record).to.include({ state: 'IN_REVIEW', nationalNumber: 8 });
  });

  it('is the owner’s, of an accepted case, and there are at most twenty', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.startSpecialProcedure', hearing(caseNo, 5), by('finance.clerk1', march(4))),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run(
        'case.startSpecialProcedure',
        hearing(caseNo, 5),
        by('offices.service1', march(4)),
      ),
    );
    for (let n = 0; n < 20; n += 1) await start(4, { grounds: digestOf('again') });
    await expectRefusal(ledger, 'LIMIT_REACHED', () => start(4, { grounds: digestOf('again') }));
    const fresh = new RuleLedger();
    await foundEverything(fresh);
    await receivedCase(fresh);
    await expectRefusal(fresh, 'WRONG_STATE', () =>
      fresh.run('case.startSpecialProcedure', hearing(caseNo, 5), owner(3)),
    );
  });

  it('still lets the applicant withdraw', async () => {
    await start(4);
    const record = (await ledger.run(
      'case.withdraw',
      { caseNo, reasonCode: 'other' },
      by('hrss.clerk1', march(5)),
    )) as CaseRecord;
    expect(record).to.include({ state: 'WITHDRAWN', nationalNumber: 14 });
    expect(caseClocks(record)).to.deep.equal([]);
    await expectRefusal(ledger, 'CASE_CLOSED', () => end(1, 6));
  });
});

describe('due dates with stopped days', () => {
  const counter = () =>
    createWorkingDayCounter((year) =>
      year === 2025 || year === 2026 ? { version: 1, days: calendars[year] } : undefined,
    );
  const first = dayNumber('2025-02-01');
  /** Procedures as they happen: each begins on or after the one before it, and ends as announced or earlier. */
  const pauses = fc.array(
    fc.record({ gap: fc.nat(12), length: fc.integer({ min: 1, max: 15 }), early: fc.nat(15) }),
    { maxLength: 5 },
  );
  const given = fc.record({ offset: fc.nat(400), count: fc.integer({ min: 1, max: 30 }), pauses });

  function stoppedDays({ offset, pauses: list }: { offset: number; pauses: Iterable<Step> }) {
    let day = first + offset;
    return [...list].map(({ gap, length, early }) => {
      day += gap;
      const from = dateOfDay(day);
      const planned = counter().add(from, length);
      const ended = dateOfDay(Math.max(day, dayNumber(planned) - early));
      return { from, to: ended };
    });
  }
  interface Step {
    gap: number;
    length: number;
    early: number;
  }

  it('move by one working day for every stopped working day of a clock that still ran', () => {
    fc.assert(
      fc.property(given, (drawn) => {
        const days = counter();
        const start = dateOfDay(first + drawn.offset);
        const stopped = stoppedDays(drawn);
        let due = days.add(start, drawn.count);
        const last = stopped.reduce((latest, { to }) => (to > latest ? to : latest), start);
        for (let n = dayNumber(start) + 1; n <= dayNumber(last); n += 1) {
          const date = dateOfDay(n);
          const held = stopped.some(({ from, to }) => from < date && date <= to && from <= due);
          if (held && days.isWorkingDay(date)) due = days.add(due, 1);
        }
        const found = dueAfter(days, start, drawn.count, stopped);
        // A procedure that ended on a day off gives the next working day to a clock that had none left.
        const spare = stopped.some(({ to }) => !days.isWorkingDay(to));
        if (spare) expect(found >= due).to.equal(true);
        else expect(found).to.equal(due);
        expect(days.isWorkingDay(found)).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never let a clock run out while it stands still', () => {
    fc.assert(
      fc.property(given, (drawn) => {
        const days = counter();
        const stopped = stoppedDays(drawn);
        const start = dateOfDay(first + drawn.offset);
        const due = dueAfter(days, start, drawn.count, stopped);
        expect(stopped.some(({ from, to }) => from <= due && due < to)).to.equal(false);
        expect(due >= days.add(start, drawn.count)).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });
});
