import type { CommandInput, CommandName } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import {
  caseOf,
  publishParts,
  publishTransfer,
  submitTransfer,
  transferNo,
} from '../support/one-thing-story.js';
import { by, digestOf, foundEverything, morning, reason } from '../support/story.js';

const ownerOf = { use: 'establishment', pay: 'finance', medical: 'hrss', fund: 'offices' } as const;
type Part = keyof typeof ownerOf;
const at = morning('2026-03-02');

/** Runs one command; a refusal is part of a history. */
async function attempt<N extends CommandName>(
  ledger: RuleLedger,
  name: N,
  input: CommandInput<N>,
  user: string,
): Promise<void> {
  try {
    await ledger.run(name, input, by(user, at));
  } catch (error) {
    expect(error).to.be.instanceOf(ContractError);
  }
}

async function decide(
  ledger: RuleLedger,
  part: Part,
  outcome: 'granted' | 'refused',
): Promise<void> {
  const caseNo = caseOf(part);
  const owner = ownerOf[part];
  await attempt(ledger, 'case.receive', { caseNo }, `${owner}.clerk1`);
  await attempt(ledger, 'case.accept', { caseNo }, `${owner}.clerk1`);
  const decision = { caseNo, outcome, document: digestOf('decision') };
  const given = outcome === 'granted' ? decision : { ...decision, reason };
  await attempt(ledger, 'case.decide', given, `${owner}.head1`);
}

const acts: Readonly<Record<string, (ledger: RuleLedger, part: Part) => Promise<void>>> = {
  grant: async (ledger, part) => {
    await decide(ledger, part, 'granted');
  },
  refuse: async (ledger, part) => {
    await decide(ledger, part, 'refused');
  },
  withdraw: async (ledger, part) => {
    const input = { caseNo: caseOf(part), reasonCode: 'other' as const };
    await attempt(ledger, 'case.withdraw', input, 'supervision.clerk1');
  },
  advance: async (ledger) => {
    for (const nodes of [[], ['pay', 'medical'], ['fund'], ['pay'], ['medical']] as const) {
      const cases = nodes.map((node) => ({ node, caseNo: caseOf(node) }));
      await attempt(ledger, 'oneThing.advance', { no: transferNo, cases }, 'data.service1');
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

  const after = async (steps: readonly { act: string; part: Part }[]): Promise<RuleLedger> => {
    const ledger = base.copy();
    for (const { act, part } of steps) await acts[act]?.(ledger, part);
    return ledger;
  };

  it('never open a part before its priors were granted, and stop exactly what waits for a lost one', async () => {
    let opened = 0;
    let stopped = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        const { parts = [] } = (await after(steps)).get('oneThingCase', transferNo) ?? {};
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

  it('start parts that open together at one instant, each as a case of its own with its part’s name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const ledger = await after(steps);
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
