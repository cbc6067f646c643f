import type { CardRecord, CaseRecord } from '@yici/domain/model';
import { stillRuns } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { by, caseNo, expectRefusal, foundEverything, submission } from '../support/story.js';

describe('a limit that somebody missed', () => {
  const dueOn = '2026-03-09';
  const days = { offDays: [], makeUpDays: [] };

  it('has passed for an act against them only after the window that the calendar sets', () => {
    const asked = (time: string, windowSeconds?: number) =>
      stillRuns(dueOn, { at: time }, () => ({
        version: 1,
        days: windowSeconds === undefined ? days : { ...days, windowSeconds },
      }));
    expect(asked('2026-03-09T16:04:59.999Z')).to.deep.equal({
      today: '2026-03-10',
      from: '2026-03-09T16:05:00.000Z',
    });
    expect(asked('2026-03-09T16:05:00.000Z')).to.equal(undefined);
    expect(asked('2026-03-09T16:00:09.000Z', 10)?.from).to.equal('2026-03-09T16:00:10.000Z');
    expect(asked('2026-03-09T16:00:10.000Z', 10)).to.equal(undefined);
    expect(stillRuns(dueOn, { at: '2026-03-09T16:04:00.000Z' }, () => undefined)).to.not.equal(
      undefined,
    );
  });

  it('is not missed because a rival’s clock was ahead', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    await ledger.run('case.submit', submission(), by('hrss.clerk1'));
    const { replyBy } = ledger.get('case', caseNo)!;
    const last = `${replyBy}T15:59:00.000Z`;
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', `${replyBy}T16:03:00.000Z`));
    await expectRefusal(ledger, 'DEEMED_ACCEPTANCE_NOT_DUE', () =>
      ledger.run('case.deemAccepted', { caseNo }, by('hrss.clerk1', `${replyBy}T16:04:00.000Z`)),
    );
    await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run(
        'card.raise',
        { caseNo, what: 'reply', colour: 'red' },
        by('hrss.clerk1', `${replyBy}T16:04:00.000Z`),
      ),
    );
    const record = (await ledger.run(
      'case.accept',
      { caseNo },
      by('offices.clerk1', last),
    )) as CaseRecord;
    expect(record.acceptance).to.include({ at: last, on: replyBy });
    expect(record.updatedAt).to.equal(`${replyBy}T16:03:00.000Z`);
  });

  it('gets its card once it has passed by more than the window', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    await ledger.run('case.submit', submission(), by('hrss.clerk1'));
    const { replyBy } = ledger.get('case', caseNo)!;
    const card = (await ledger.run(
      'card.raise',
      { caseNo, what: 'reply', colour: 'red' },
      by('hrss.clerk1', `${replyBy}T16:05:00.000Z`),
    )) as CardRecord;
    expect(card.clock.dueOn).to.equal(replyBy);
  });
});
