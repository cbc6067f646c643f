import type { CommandInput, CommandName } from '@yici/domain/model';
import fc from 'fast-check';
import type { Act } from './ledger.js';
import { RuleLedger } from './ledger.js';
import type { Runner } from './story.js';
import { by, mspOf } from './story.js';
import { tellEverything } from './tale.js';

/** One call of a history. */
export interface Call {
  readonly name: CommandName;
  readonly input: object;
  readonly act: Act;
  readonly secret?: unknown;
}

/** The whole tale as a list of calls: every command at least once, over every kind of record. */
export async function recordTale(): Promise<readonly Call[]> {
  const ledger = new RuleLedger();
  const calls: Call[] = [];
  const runner: Runner = {
    run<N extends CommandName>(name: N, input: CommandInput<N>, act: Act, secret?: unknown) {
      calls.push({ name, input, act, secret });
      return ledger.run(name, input, act, secret);
    },
  };
  await tellEverything(runner);
  return calls;
}

const userNames = ['clerk1', 'clerk2', 'head1', 'head2', 'service1', 'supervisor1', 'gateway'];
const anybody = fc
  .tuple(fc.constantFrom(...Object.keys(mspOf)), fc.constantFrom(...userNames))
  .map(([department, name]) => `${department}.${name}`);

/** What may happen to a call: it is left out, comes twice, comes elsewhere, late or early, from somebody else. */
const disturbance = fc.oneof(
  fc.record({ kind: fc.constant('dropped' as const), at: fc.nat() }),
  fc.record({
    kind: fc.constant('again' as const),
    at: fc.nat(),
    later: fc.constantFrom(0, 0, 1, 3, 10, 30),
  }),
  fc.record({ kind: fc.constant('moved' as const), at: fc.nat(), later: fc.nat({ max: 30 }) }),
  fc.record({
    kind: fc.constant('delayed' as const),
    at: fc.nat(),
    hours: fc.constantFrom(-48, -1, 24, 120, 400),
  }),
  fc.record({ kind: fc.constant('other' as const), at: fc.nat(), user: anybody }),
  fc.record({ kind: fc.constant('alsoOther' as const), at: fc.nat(), user: anybody }),
  // One official does all that a department does for a while: makes and checks.
  fc.record({
    kind: fc.constant('alone' as const),
    at: fc.nat(),
    length: fc.integer({ min: 3, max: 25 }),
    name: fc.constantFrom('head1', 'head1', 'head2', 'supervisor1'),
  }),
);
export type Disturbance = typeof disturbance extends fc.Arbitrary<infer D> ? D : never;

export const disturbances: fc.Arbitrary<readonly Disturbance[]> = fc.array(disturbance, {
  minLength: 5,
  maxLength: 60,
});

const shifted = (at: string, hours: number) =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString();

/** The tale after what happened to it. */
export function disturbed(calls: readonly Call[], all: readonly Disturbance[]): readonly Call[] {
  const told = [...calls];
  for (const one of all) {
    const at = one.at % told.length;
    const call = told[at]!;
    switch (one.kind) {
      case 'dropped':
        told.splice(at, 1);
        break;
      case 'again':
        told.splice(at + 1 + one.later, 0, call);
        break;
      case 'moved':
        told.splice(at, 1);
        told.splice(at + one.later, 0, call);
        break;
      case 'delayed':
        told[at] = { ...call, act: { ...call.act, at: shifted(call.act.at, one.hours) } };
        break;
      case 'other':
        told[at] = { ...call, act: by(one.user, call.act.at) };
        break;
      case 'alone':
        for (let next = at; next < Math.min(at + one.length, told.length); next += 1) {
          const { act, ...rest } = told[next]!;
          told[next] = { ...rest, act: by(`${act.user.split('.')[0]}.${one.name}`, act.at) };
        }
        break;
      case 'alsoOther':
        told.splice(at, 0, { ...call, act: by(one.user, call.act.at) });
        break;
    }
  }
  return told;
}
