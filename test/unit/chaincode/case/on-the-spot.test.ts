import {
  caseClocks,
  commands,
  type CardRecord,
  type CaseRecord,
  type MatterContent,
} from '@yici/domain/model';
import { minutesAfter } from '@yici/domain/rules';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
  without,
} from '../support/story.js';
import { hearing } from '../support/timed.js';

const taskCode = '331100JG000700098';
const caseNo = `${taskCode}-20260302-0001`;
const [application] = leaseMatter.materials;
const zero = { value: 0, unit: 'workingDay' } as const;

/** An on-the-spot item of thirty minutes, without steps. */
const lookup: MatterContent = {
  ...without(leaseMatter, 'statutoryLimit'),
  ...{ taskCode, caseType: 'onTheSpot', promisedLimit: zero, onTheSpotMinutes: 30 },
  materials: application === undefined ? [] : [application],
  flow: [],
};

/** Monday 2026-03-02, by the clock of Shanghai. */
const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`).toISOString();

describe('an on-the-spot item (即办件)', () => {
  let ledger: RuleLedger;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishMatter(ledger, lookup, 'offices');
  });

  const accepted = async (time: string): Promise<CaseRecord> => {
    const materials = [{ code: 'application', document: digestOf('application') }];
    const filed = { caseNo, taskCode, matterVersion: 1, form: digestOf('form'), materials };
    await ledger.run('case.submit', filed, by('hrss.clerk1', at('09:00')));
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', at('09:00')));
    return (await ledger.run(
      'case.accept',
      { caseNo },
      by('offices.clerk1', at(time)),
    )) as CaseRecord;
  };
  const raise = async (when: string, colour: CardRecord['colour'] = 'red') =>
    (await ledger.run(
      'card.raise',
      { caseNo, what: 'finish', colour },
      by('hrss.clerk1', when),
    )) as CardRecord;
  const complete = async (when: string) => {
    const document = digestOf('decision');
    await ledger.run(
      'case.decide',
      { caseNo, outcome: 'granted', document },
      by('offices.head1', when),
    );
    await ledger.run('case.complete', { caseNo, result: document }, by('offices.clerk1', when));
  };

  it('is due an instant after its acceptance, also across midnight', async () => {
    const record = await accepted('23:50');
    expect(record).to.include({ dueAt: '2026-03-02T16:20:00.000Z', dueOn: '2026-03-03' });
    expect(record.limits).to.deep.equal({ promised: 0, minutes: 30 });
    const [finish] = caseClocks(record).filter(({ what }) => what === 'finish');
    expect(finish).to.include({ dueAt: record.dueAt, limitDays: 0, department: 'offices' });
  });

  it('gets no card up to its instant, a red one after it, and never a yellow one', async () => {
    await accepted('10:00');
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise(at('10:30')));
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise(at('10:30'), 'yellow'));
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise(at('10:35')));
    const card = await raise(at('10:36'));
    expect(card.clock).to.deep.include({ dueAt: at('10:30'), dueOn: '2026-03-02', limitDays: 0 });
    expect(card).to.include({ department: 'offices', explainBy: '2026-03-09' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => raise(at('10:37')));
  });

  it('keeps the card of a completion that came after its instant, on the same day', async () => {
    await accepted('10:00');
    await complete(at('10:40'));
    expect((await raise(at('11:00'))).clock.actedOn).to.equal('2026-03-02');
  });

  it('gets no card when it was complete in time, however late one asks', async () => {
    await accepted('10:00');
    await complete(at('10:30'));
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise('2026-03-20T01:00:00.000Z'));
  });

  it('goes by days once a special procedure shows that it is none', async () => {
    await accepted('10:00');
    const input = hearing(caseNo, 5);
    const record = (await ledger.run(
      'case.startSpecialProcedure',
      input,
      by('offices.clerk1', at('10:10')),
    )) as CaseRecord;
    expect(record.dueAt).to.equal(undefined);
    expect(record.dueOn).to.equal('2026-03-09');
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise(at('10:40')));
  });

  it('goes by days when it counts as accepted because nobody replied', async () => {
    const materials = [{ code: 'application', document: digestOf('application') }];
    const filed = { caseNo, taskCode, matterVersion: 1, form: digestOf('form'), materials };
    await ledger.run('case.submit', filed, by('hrss.clerk1', at('09:00')));
    const late = by('hrss.clerk1', '2026-03-10T01:00:00.000Z');
    const record = (await ledger.run('case.deemAccepted', { caseNo }, late)) as CaseRecord;
    expect(record.dueAt).to.equal(undefined);
    expect(record.dueOn).to.equal('2026-03-02');
  });

  it('promises minutes only as such an item, with no working day beside them', () => {
    const accepts = (change: object) =>
      commands['matter.draft'].input.safeParse({ ...lookup, ...change }).success;
    expect(accepts({})).to.equal(true);
    expect(accepts({ caseType: 'promised' })).to.equal(false);
    expect(accepts({ promisedLimit: { value: 1, unit: 'workingDay' } })).to.equal(false);
    expect(accepts({ onTheSpotMinutes: 0 })).to.equal(false);
    expect(accepts({ onTheSpotMinutes: 481 })).to.equal(false);
  });
});

describe('minutes after an instant', () => {
  it('agree with the platform’s clock', () => {
    const instants = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2199-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 10_000 }), (instant, minutes) => {
        const after = new Date(instant.getTime() + minutes * 60_000).toISOString();
        expect(minutesAfter(instant.toISOString(), minutes)).to.equal(after);
      }),
    );
  });
});
