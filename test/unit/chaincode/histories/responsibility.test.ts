import type { CaseEventRecord, CaseRecord, CommandName } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import { decidedBy, registerDuties } from '../support/duties.js';
import { appointGovernment } from '../support/shares.js';
import { by, caseNo, digestOf, foundEverything, receivedCase, morning } from '../support/story.js';

const departments = ['offices', 'finance', 'establishment', 'data', 'supervision'] as const;
const department = fc.constantFrom(...departments);
const subject = fc.constantFrom<{ stepId?: string }>(
  {},
  { stepId: 'finance' },
  { stepId: 'headcount' },
);
const dutyOf = (id: string) => `${id.toUpperCase()}-01`;

interface Step {
  readonly name: CommandName;
  readonly input: object;
  /** A department, or whoever may do it at that moment. */
  readonly who: string;
  readonly hours: number;
}

const who = fc.oneof(
  { arbitrary: fc.constant('whoMay'), weight: 3 },
  { arbitrary: department, weight: 1 },
);
const hours = fc.constantFrom(0, 1, 5, 24);
const on = (name: CommandName, input: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  fc.record({ name: fc.constant(name), input, who, hours });

/** The Establishment Office or, in a dispute of its own, the government. */
function whoCoordinates(input: object, ledger: RuleLedger): string {
  const rulingId = 'rulingId' in input ? String(input.rulingId) : '';
  return ledger.get('dutyRuling', rulingId)?.ownCause === true ? 'offices' : 'establishment';
}

/** The department that may do a step now, by the case itself. */
function whoMay({ name, input }: Step, record: CaseRecord, ledger: RuleLedger): string {
  const stepId = 'stepId' in input ? input.stepId : undefined;
  if (name.startsWith('dutyRuling.')) return whoCoordinates(input, ledger);
  if (name !== 'case.offerTransfer') {
    return record.handovers?.find(({ status }) => status === 'offered')?.to ?? 'data';
  }
  return record.steps.find(({ id }) => id === stepId)?.department ?? record.owner;
}

const ruling = (more: object) =>
  fc.tuple(fc.integer({ min: 1, max: 2 }), department).map(([n, to]) => ({
    rulingId: `${caseNo}-R${n}`,
    department: to,
    dutyCode: dutyOf(to),
    document: digestOf('ruling'),
    ...more,
  }));

const steps = fc.array(
  fc.oneof(
    on(
      'case.offerTransfer',
      fc.tuple(subject, department).map(([what, to]) => ({
        caseNo,
        ...what,
        to,
        dutyCode: dutyOf(to),
      })),
    ),
    on(
      'case.acceptTransfer',
      subject.map((what) => ({ caseNo, ...what })),
    ),
    on(
      'case.declineTransfer',
      fc.tuple(subject, department).map(([what, clauseOf]) => ({
        caseNo,
        ...what,
        clauseOf,
        dutyCode: dutyOf(clauseOf),
      })),
    ),
    on('dutyRuling.propose', ruling({})),
    on('dutyRuling.decide', ruling(decidedBy)),
  ),
  { minLength: 40, maxLength: 120 },
);

/** Declined offers, and offers by a department that had accepted the same subject before. */
function bouncesIn(chain: readonly CaseEventRecord[]): number {
  const subjectOf = ({ data }: CaseEventRecord) => String(data['stepId']);
  return chain.filter(
    (event, seq) =>
      event.type === 'case.declineTransfer' ||
      (event.type === 'case.offerTransfer' &&
        chain
          .slice(0, seq)
          .some(
            (one) =>
              one.type === 'case.acceptTransfer' &&
              one.by.department === event.by.department &&
              subjectOf(one) === subjectOf(event),
          )),
  ).length;
}

describe('random histories of responsibility', () => {
  let founded: RuleLedger;
  before(async () => {
    founded = new RuleLedger();
    await foundEverything(founded);
    await registerDuties(founded);
    await appointGovernment(founded);
    await receivedCase(founded);
    await founded.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
  });

  async function play(
    history: readonly Step[],
    check: (before: CaseRecord, ledger: RuleLedger) => void,
  ) {
    const ledger = founded.copy();
    let time = Date.parse(morning('2026-03-03'));
    for (const step of history) {
      const { name, input, hours: passed } = step;
      time += passed * 3_600_000;
      const before = ledger.get('case', caseNo)!;
      try {
        const department = step.who === 'whoMay' ? whoMay(step, before, ledger) : step.who;
        // Who registers a decision is not who proposed it, nor an official of the dispute.
        const user =
          name === 'dutyRuling.decide'
            ? 'head3'
            : name === 'dutyRuling.propose'
              ? 'head2'
              : 'head1';
        await ledger.run(name, input, by(`${department}.${user}`, new Date(time).toISOString()));
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        continue;
      }
      check(before, ledger);
    }
  }

  const holders = ({ owner, steps: all }: CaseRecord) => [
    owner,
    ...all.map((one) => one.department),
  ];
  const dues = ({ dueOn, replyBy, steps: all }: CaseRecord) => [
    dueOn,
    replyBy,
    ...all.map((one) => [one.startedAt, one.dueOn]),
  ];

  it('move it by the receiver’s own signature or by a ruling, and never a due date', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        await play(history, (before, ledger) => {
          const after = ledger.get('case', caseNo)!;
          const { type, by: signer, data } = ledger.chain(caseNo).at(-1)!;
          seen.set(type, (seen.get(type) ?? 0) + 1);
          expect(dues(after)).to.deep.equal(dues(before));
          const changed = holders(after).filter((now, index) => now !== holders(before)[index]);
          if (type === 'case.acceptTransfer') expect(changed).to.deep.equal([signer.department]);
          else if (type === 'dutyRuling.decide') {
            const rulingId = String(data['rulingId']);
            const { proposal, ownCause } = ledger.get('dutyRuling', rulingId)!;
            expect(proposal !== undefined || ownCause === true).to.equal(true);
            expect(changed.every((now) => now === data['department'])).to.equal(true);
          } else expect(changed).to.deep.equal([]);
        });
      }),
      { numRuns: 60 },
    );
    // Nothing above means anything unless some histories get that far.
    for (const type of ['case.acceptTransfer', 'case.declineTransfer', 'dutyRuling.decide']) {
      expect(seen.get(type), type).to.be.greaterThan(0);
    }
  });

  it('count every bounce, send the second and later ones to a ruling, and pass on nothing that waits', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        await play(history, (_, ledger) => {
          const { bounces = 0, handovers = [], rulings = [] } = ledger.get('case', caseNo)!;
          const chain = ledger.chain(caseNo);
          expect(bounces).to.equal(bouncesIn(chain));
          expect(ledger.all('dutyRuling')).to.have.length(rulings.length);
          // Every decline from the second bounce on brings its question to coordination.
          const declines = chain.filter(
            ({ type }, seq) =>
              type === 'case.declineTransfer' && bouncesIn(chain.slice(0, seq + 1)) >= 2,
          );
          expect(rulings.length).to.equal(declines.length);
          const waiting = handovers.filter(({ status }) => status === 'offered');
          const subjects = waiting.map((one) => JSON.stringify(one.subject));
          expect(new Set(subjects).size).to.equal(subjects.length);
          const ruled = rulings.map((one) => JSON.stringify(one.subject));
          expect(subjects.filter((one) => ruled.includes(one))).to.deep.equal([]);
        });
      }),
      { numRuns: 60 },
    );
  });
});
