import type { CommandInput, CommandName } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from './support/ledger.js';
import {
  caseOf,
  publishParts,
  publishTransfer,
  submitTransfer,
  transferNo,
} from './support/one-thing-story.js';
import { by, digestOf, foundEverything, morning, reason } from './support/story.js';

const ownerOf = { use: 'establishment', pay: 'finance', medical: 'hrss', fund: 'offices' } as const;
type Part = keyof typeof ownerOf;
const at = morning('2026-03-02');

/** Runs one command; a refusal is part of a history. */
function attempt<N extends CommandName>(
  ledger: RuleLedger,
  name: N,
  input: CommandInput<N>,
  user: string,
): void {
  try {
    ledger.run(name, input, by(user, at));
  } catch (error) {
    expect(error).to.be.instanceOf(ContractError);
  }
}

function decide(ledger: RuleLedger, part: Part, outcome: 'granted' | 'refused'): void {
  const caseNo = caseOf(part);
  const owner = ownerOf[part];
  attempt(ledger, 'case.receive', { caseNo }, `${owner}.clerk1`);
  attempt(ledger, 'case.accept', { caseNo }, `${owner}.clerk1`);
  const decision = { caseNo, outcome, document: digestOf('decision') };
  const given = outcome === 'granted' ? decision : { ...decision, reason };
  attempt(ledger, 'case.decide', given, `${owner}.head1`);
}

const acts: Readonly<Record<string, (ledger: RuleLedger, part: Part) => void>> = {
  grant: (ledger, part) => {
    decide(ledger, part, 'granted');
  },
  refuse: (ledger, part) => {
    decide(ledger, part, 'refused');
  },
  withdraw: (ledger, part) => {
    const input = { caseNo: caseOf(part), reasonCode: 'x' };
    attempt(ledger, 'case.withdraw', input, 'supervision.clerk1');
  },
  advance: (ledger) => {
    for (const nodes of [[], ['pay', 'medical'], ['fund'], ['pay'], ['medical']] as const) {
      const cases = nodes.map((node) => ({ node, caseNo: caseOf(node) }));
      attempt(ledger, 'oneThing.advance', { no: transferNo, cases }, 'data.service1');
    }
  },
};

const step = fc.record({
  act: fc.constantFrom('grant', 'grant', 'refuse', 'withdraw', 'advance', 'advance'),
  part: fc.constantFrom<Part>('use', 'pay', 'medical', 'fund'),
});

describe('random histories of a one thing', () => {
  const base = new RuleLedger();
  before(async () => {
    await foundEverything(base);
    await publishParts(base);
    await publishTransfer(base);
    await submitTransfer(base);
  });

  const after = (steps: readonly { act: string; part: Part }[]): RuleLedger => {
    const ledger = new RuleLedger();
    for (const [key, record] of base.state) ledger.state.set(key, record);
    for (const { act, part } of steps) acts[act]?.(ledger, part);
    return ledger;
  };

  it('never open a part before its priors were granted, and stop exactly what waits for a lost one', () => {
    let opened = 0;
    let stopped = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 16 }), (steps) => {
        const { parts = [] } = after(steps).get('oneThingCase', transferNo) ?? {};
        const of = new Map(parts.map((part) => [part.id, part]));
        for (const part of parts) {
          const priors = part.after.map((id) => of.get(id)?.status);
          if (part.openedAt !== undefined) {
            expect(priors.every((status) => status === 'granted')).to.equal(true);
            if (part.after.length > 0) opened += 1;
          }
          const lost = priors.some((status) => status === 'failed' || status === 'stopped');
          expect(part.status === 'stopped').to.equal(lost);
          if (lost) stopped += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(opened).to.be.above(0);
    expect(stopped).to.be.above(0);
  });

  it('start parts that open together at one instant, each as a case of its own with its part’s name', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const ledger = after(steps);
        const { parts = [] } = ledger.get('oneThingCase', transferNo) ?? {};
        const [pay, medical] = ['pay', 'medical'].map((id) => parts.find((one) => one.id === id));
        expect(pay?.openedAt).to.equal(medical?.openedAt);
        for (const { id, caseNo } of parts) {
          if (caseNo === undefined) continue;
          expect(ledger.get('case', caseNo)?.oneThing).to.deep.equal({ no: transferNo, node: id });
          expect(ledger.chain(caseNo)[0]?.type).to.equal('case.submit');
        }
        expect(ledger.all('case')).to.have.length(
          parts.filter(({ caseNo }) => caseNo !== undefined).length,
        );
      }),
      { numRuns: 80 },
    );
  });
});
