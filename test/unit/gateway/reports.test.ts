import type { ReportView } from '@yici/api';
import type { CommandInput, CommandName } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { measures, reportOf, type IndexReader } from '@yici/gateway/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  attested,
  by,
  caseNo,
  digestOf,
  foundEverything,
  morning,
  submission,
  taskCode,
} from '../chaincode/support/story.js';
import { acceptedCase, hearing, march } from '../chaincode/support/timed.js';
import { IndexedLedger } from './support/indexed-ledger.js';

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const monthsOf2026 = Array.from(
  { length: 12 },
  (_, no) => `2026-${String(no + 1).padStart(2, '0')}`,
);
const document = digestOf('d');

interface Asking {
  readonly today?: string;
  readonly by?: ReportView['by'];
}

function report(
  index: IndexReader,
  period: string,
  { today = '2027-06-01', by: split = 'department' }: Asking = {},
): Promise<ReportView> {
  const nameOf = () => null;
  return reportOf({ index, today, by: split, mayShow: () => true, nameOf }, period);
}

const rowsOf = ({ figures }: ReportView, id: string) =>
  figures.find(({ measure }) => measure.id === id)?.rows ?? [];
/** `[numerator, denominator]` of the whole, or of a group. */
function numbers(from: ReportView, id: string, group: string | null = null) {
  const { now } = rowsOf(from, id).find((row) => row.group === group) ?? {};
  return now && [now.numerator, now.denominator];
}

/** Filed on 2 March 2026, accepted on the 3rd, due on the 12th. */
describe('the report of a month or a year', () => {
  let world: IndexedLedger;
  beforeEach(async () => {
    world = await IndexedLedger.open();
    await foundEverything(world.ledger);
    await acceptedCase(world.ledger);
    await world.indexAll(march(3));
  });
  afterEach(() => world.close());

  const withdraw = (day: string) =>
    world.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1', morning(day)));

  it('says what was late at its end, whatever was done about it afterwards', async () => {
    await withdraw('2026-05-06');
    const [inMarch, inApril, inMay] = await Promise.all(
      ['2026-03', '2026-04', '2026-05'].map((month) => report(world.index, month)),
    );
    expect(numbers(inMarch!, 'on-time-rate')).to.deep.equal([0, 1]);
    expect(numbers(inMarch!, 'overdue-open', 'offices')).to.deep.equal([1, null]);
    expect(numbers(inMarch!, 'step-dwell')?.[1]).to.equal(2);
    expect(numbers(inApril!, 'on-time-rate')).to.deep.equal([0, 0]);
    expect(numbers(inApril!, 'step-dwell')?.[1], 'they went on').to.equal(2);
    expect(numbers(inMay!, 'on-time-rate')).to.deep.equal([0, 1]);
    expect(numbers(inMay!, 'withdrawals-after-limit')).to.deep.equal([1, null]);
    expect(numbers(inMarch!, 'withdrawals-after-limit')).to.deep.equal([0, null]);
    const year = await report(world.index, '2026');
    expect(numbers(year, 'on-time-rate'), 'one case, once').to.deep.equal([0, 1]);
  });

  it('stands beside the period before, and a month beside the same one of the year before', async () => {
    await withdraw('2026-05-06');
    const inMay = await report(world.index, '2026-05');
    expect(inMay.before).to.deep.equal((await report(world.index, '2026-04')).period);
    expect(inMay.yearBefore, 'the ledger had not begun').to.equal(null);
    const [whole] = rowsOf(inMay, 'on-time-rate');
    expect([whole?.now?.value, whole?.before?.value, whole?.yearBefore]).to.deep.equal([
      0,
      null,
      null,
    ]);
    const next = await report(world.index, '2027-03');
    expect(next.yearBefore?.period).to.equal('2026-03');
    expect(rowsOf(next, 'on-time-rate')[0]?.yearBefore).to.include({
      numerator: 0,
      denominator: 1,
    });
    const year = await report(world.index, '2027');
    expect([year.before?.period, year.yearBefore]).to.deep.equal(['2026', null]);
  });

  it('names the last block of its period, and is final once nothing of it can come any more', async () => {
    await withdraw('2026-03-31');
    const open = await report(world.index, '2026-03', { today: '2026-04-01' });
    expect(open.period).to.include({
      from: '2026-03-01',
      to: '2026-03-31',
      block: 1,
      final: false,
    });
    await world.indexAll('2026-03-31T16:29:59.000Z');
    expect((await report(world.index, '2026-03')).period).to.include({ block: 1, final: false });
    await world.indexAll('2026-03-31T16:30:00.000Z');
    const { period } = await report(world.index, '2026-03');
    expect(period).to.deep.include({ block: 1, final: true, hash: '1'.padStart(64, '0') });
  });

  it('of a period that goes on counts as far as its days are over', async () => {
    const today = await report(world.index, '2026-03', { today: '2026-03-12' });
    expect(numbers(today, 'on-time-rate')).to.deep.equal([0, 0]);
    const tomorrow = await report(world.index, '2026-03', { today: '2026-03-13' });
    expect(numbers(tomorrow, 'on-time-rate')).to.deep.equal([0, 1]);
  });

  it('has every figure of the ledger, declared ones never as headlines, and says what it leaves out', async () => {
    const { figures, leftOut } = await report(world.index, '2026-03', { by: 'matter' });
    const all = [...figures.map(({ measure }) => measure.id), ...leftOut.map(({ id }) => id)];
    expect(all.sort()).to.deep.equal(measures.map(({ id }) => id).sort());
    expect(leftOut.map(({ id }) => id)).to.include('refused-by-rule');
    const wrong = figures.filter(({ measure }) => measure.headline && measure.known === 'declared');
    expect(wrong).to.deep.equal([]);
    for (const { measure, rows } of figures) {
      if (!measure.splits.includes('matter')) expect(rows.length, measure.id).to.equal(1);
    }
  });

  it('stays the same whatever is done later, in every index of the same blocks, and its months add up', async () => {
    const start = new Map(world.ledger.state);
    await fc.assert(
      fc.asyncProperty(history, async (acts) => {
        await world.close();
        world = await IndexedLedger.open();
        for (const [key, record] of start) world.ledger.state.set(key, record);
        await world.indexAll(march(3));
        const filed = await live(acts);
        for (const [key, text] of filed) {
          const [period = '', split] = key.split(' ');
          const again = await report(world.index, period, { by: split as ReportView['by'] });
          expect(JSON.stringify(again.figures), key).to.equal(text);
        }
        await addUp(world.index);
        const copy = await world.copyOfIndex();
        for (const period of ['2026', '2026-04']) {
          const [own, other] = await Promise.all(
            [world.index, copy.index].map((index) => report(index, period)),
          );
          expect(own).to.deep.equal(other);
        }
        await copy.close();
      }),
      { numRuns: 12 },
    );
  }).timeout(240_000);

  /** Runs a history; gives the reports of its months, as they were at each month's end. */
  async function live(acts: readonly Step[]): Promise<Map<string, string>> {
    const filed = new Map<string, string>();
    let day = '2026-03-04';
    for (const { what, days } of acts) {
      const next = later(day, days);
      for (const month of monthsOf2026) {
        if (month < day.slice(0, 7) || month >= next.slice(0, 7)) continue;
        for (const split of ['department', 'matter'] as const) {
          const at = { today: `${next.slice(0, 7)}-01`, by: split };
          const { figures } = await report(world.index, month, at);
          filed.set(`${month} ${split}`, JSON.stringify(figures));
        }
      }
      day = next;
      await attempt(what, day);
    }
    return filed;
  }

  async function attempt(what: Step['what'], day: string): Promise<void> {
    try {
      if (what !== 'due') {
        await world.run(what.name, what.input, by(what.user, morning(day)));
        return;
      }
      for (const { command, input } of (await world.due(day)).slice(0, 4)) {
        await world.run(command, input as never, by('finance.clerk1', morning(day)));
      }
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
    }
  }
});

/** What happens on a day and stays there: the sum of the months is the year. */
async function addUp(index: IndexReader): Promise<void> {
  const [year, ...months] = await Promise.all(
    ['2026', ...monthsOf2026].map((period) => report(index, period)),
  );
  for (const id of ['cards', 'deemed-acceptances', 'steps-lapsed', 'second-notices', 'refusals']) {
    const sum = months.reduce((total, month) => total + (numbers(month, id)?.[0] ?? 0), 0);
    expect(sum, id).to.equal(numbers(year!, id)?.[0]);
  }
  const filed = months.reduce(
    (total, one) => total + (numbers(one, 'documents-per-case')?.[1] ?? 0),
    0,
  );
  expect(filed, 'cases filed').to.equal(numbers(year!, 'documents-per-case')?.[1]);
}

const act = <N extends CommandName>(name: N, input: CommandInput<N>, user: string) => ({
  name,
  input,
  user,
});
const second = `${taskCode}-20260302-0002`;
const acts = [
  'due' as const,
  act('case.opinion', { caseNo, stepId: 'finance', answer: 'agree' }, 'finance.clerk1'),
  act('case.opinion', { caseNo, stepId: 'headcount', answer: 'agree' }, 'establishment.clerk1'),
  act('case.startSpecialProcedure', hearing(caseNo, 3), 'offices.clerk1'),
  act('case.endSpecialProcedure', { caseNo, no: 1 }, 'offices.clerk1'),
  act('case.decide', { caseNo, outcome: 'granted', document }, 'offices.head1'),
  act('case.complete', { caseNo, result: document }, 'offices.clerk1'),
  act('case.deliver', { caseNo, form: 'web' }, 'offices.clerk1'),
  act('case.withdraw', { caseNo, reasonCode: 'other' }, 'hrss.clerk1'),
  act('case.submit', { ...submission(), caseNo: second }, 'hrss.clerk1'),
  act('case.receive', { caseNo: second }, 'offices.clerk1'),
  act('case.accept', { caseNo: second, attested }, 'offices.clerk1'),
];
type Step = { readonly what: (typeof acts)[number]; readonly days: number };
const history = fc.array(
  fc.record({
    what: fc.constantFrom(...acts, 'due' as const),
    days: fc.constantFrom(0, 1, 5, 20, 33),
  }),
  { minLength: 6, maxLength: 14 },
);
