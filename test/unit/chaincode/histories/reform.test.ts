import type { CaseRecord, CommandInput } from '@yici/domain/model';
import { ContractError, departureOf, dueSuccessions, shanghaiDate } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { acceptedAmongDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import { reformOf } from '../support/reforms.js';
import { by, caseNo, digestOf, morning, mspOf, taskCode } from '../support/story.js';

type Change = CommandInput<'reform.register'>['changes'][number];
const ids = ['offices', 'finance', 'data', 'supervision', 'hrss'] as const;
const department = fc.constantFrom(...ids);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('everything' as const), department, to: department }),
  fc.record({
    kind: fc.constant('matter' as const),
    department,
    to: department,
    taskCode: fc.constant(taskCode),
  }),
  fc.tuple(department, department).map(([from, to]) => ({
    ...{ kind: 'duty' as const, department: from, to, code: `${from.toUpperCase()}-01` },
  })),
);

const kinds = ['opinion', 'extend', 'offer', 'accept'] as const;
const steps = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 24, 48),
    fc.oneof(
      fc.record({
        kind: fc.constant('reform' as const),
        change,
        days: fc.constantFrom(0, 0, 1, 3),
      }),
      fc.record({ kind: fc.constant('succeed' as const) }),
      fc.record({ kind: fc.constant('moveMatter' as const) }),
      fc.record({
        kind: fc.constantFrom(...kinds),
        who: department,
      }),
    ),
  ),
  { minLength: 10, maxLength: 60 },
);

const partsOf = ({ owner, applicant, coDecider, steps: all }: CaseRecord) => [
  ...[owner, applicant, coDecider],
  ...all.map((one) => one.department),
];
const datesOf = ({ state, dueOn, statutoryDueOn, replyBy, steps: all }: CaseRecord) => [
  ...[state, dueOn, statutoryDueOn, replyBy],
  ...all.map((one) => [one.startedAt, one.dueOn, one.status]),
];

describe('random histories of reorganisations', () => {
  let founded: RuleLedger;
  before(async () => {
    founded = new RuleLedger();
    await acceptedAmongDuties(founded);
  });

  class Play {
    readonly ledger = founded.copy();
    reforms = 0;
    succeeded = 0;
    time = Date.parse(morning('2026-03-03'));
    get at() {
      return new Date(this.time).toISOString();
    }
    readonly departmentOf = (id: string) => this.ledger.get('department', id);
    due() {
      const record = this.ledger.get('case', caseNo)!;
      return dueSuccessions(record, this.departmentOf, shanghaiDate(this.at));
    }

    async tried(act: () => Promise<unknown>): Promise<boolean> {
      try {
        await act();
        return true;
      } catch (error) {
        if (error instanceof ContractError) return false;
        throw error;
      }
    }

    async reform(one: Change, days: number) {
      const on = shanghaiDate(new Date(this.time + days * 86_400_000).toISOString());
      const reform = reformOf([one], on, `reform-${(this.reforms += 1)}`);
      const { reformId } = reform;
      const { ledger, at } = this;
      await this.tried(() => ledger.run('reform.register', reform, by('establishment.clerk1', at)));
      const receiver = one.kind === 'rename' ? one.department : one.to;
      await this.tried(() =>
        ledger.run('reform.confirm', { reformId }, by(`${receiver}.head1`, at)),
      );
    }

    async succeed(): Promise<boolean> {
      const [first] = this.due();
      if (first === undefined) return false;
      const before = this.ledger.get('case', caseNo)!;
      const { reformId } = first.departure;
      const act = by('establishment.clerk1', this.at);
      const done = await this.tried(() =>
        this.ledger.run('case.succeed', { caseNo, reformId }, act),
      );
      if (done) this.check(before, first.departure.on);
      return done;
    }

    check(before: CaseRecord, on: string) {
      this.succeeded += 1;
      const after = this.ledger.get('case', caseNo)!;
      expect(datesOf(after)).to.deep.equal(datesOf(before));
      const added = after.successions!.slice(before.successions?.length ?? 0);
      const changed = partsOf(after).filter((now, index) => now !== partsOf(before)[index]);
      for (const now of changed) {
        if (now !== undefined) expect(added.map(({ to }) => to)).to.include(now);
      }
      for (const { to } of added) expect(after.parties).to.include(to);
      const ended = after.endedClocks!.slice(before.endedClocks?.length ?? 0);
      for (const clock of ended) expect(clock.late).to.equal(clock.dueOn < on);
    }

    async act(kind: (typeof kinds)[number], who: string) {
      const { ledger, at } = this;
      const record = ledger.get('case', caseNo)!;
      const clerk = by(`${who}.clerk1`, at);
      const [stepId = 'finance'] = record.steps
        .filter((one) => one.department === who && one.status === 'open')
        .map(({ id }) => id);
      const run = () => {
        if (kind === 'opinion') {
          return ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, clerk);
        }
        if (kind === 'offer') {
          const to = ids[(ids.indexOf(who as never) + 1) % ids.length]!;
          const dutyCode = `${to.toUpperCase()}-01`;
          return ledger.run('case.offerTransfer', { caseNo, to, dutyCode }, clerk);
        }
        if (kind === 'accept') return ledger.run('case.acceptTransfer', { caseNo }, clerk);
        const limit = { value: 2, unit: 'workingDay' as const };
        const asked = { caseNo, limit, reasonCode: 'other' as const, grounds: digestOf('x') };
        return ledger.run('case.requestExtension', asked, clerk);
      };
      const owner = record.owner === who;
      if (!(await this.tried(run))) return;
      const entry = this.departmentOf(who)!;
      const today = shanghaiDate(at);
      expect(departureOf(entry.left, { of: 'everything' }, today), `${who} has ended`).to.equal(
        undefined,
      );
      if (owner && kind === 'extend') {
        const held = { of: 'matter', id: taskCode } as const;
        expect(departureOf(entry.left, held, today), `${who} owns it no more`).to.equal(undefined);
      }
    }
  }

  it('move what the decisions say and nothing else, no date, and come to rest', async () => {
    let succeeded = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const play = new Play();
        const moveMatter = () =>
          play.tried(() =>
            play.ledger.run('reform.moveMatter', { taskCode }, by('establishment.clerk1', play.at)),
          );
        for (const [hours, step] of history) {
          play.time += hours * 3_600_000;
          if (step.kind === 'reform') await play.reform(step.change, step.days);
          else if (step.kind === 'succeed') await play.succeed();
          else if (step.kind === 'moveMatter') await moveMatter();
          else await play.act(step.kind, step.who);
        }
        play.time += 10 * 86_400_000;
        for (let round = 0; round < 40; round += 1) {
          const moved = await moveMatter();
          if (!(await play.succeed()) && !moved) break;
        }
        expect(play.due(), 'comes to rest').to.deep.equal([]);
        const { owner } = play.ledger.get('case', caseNo)!;
        const { left } = play.departmentOf(owner)!;
        expect(departureOf(left, { of: 'everything' }, '2027-01-01')).to.equal(undefined);
        succeeded += play.succeeded;
      }),
      { numRuns: 200 },
    );
    // Nothing above means anything unless some histories get that far.
    expect(succeeded).to.be.greaterThan(20);
    expect(Object.keys(mspOf)).to.include.members([...ids]);
  });
});
