import { parseArgs } from 'node:util';
import { defaultRounds } from './measure.js';

export const goals = ['3', '4', '5', '8', 'fabric'] as const;
export type Goal = (typeof goals)[number];

export interface BenchOptions {
  readonly goals: readonly Goal[];
  /** How often each side of a comparison is measured. */
  readonly rounds: number;
  /** Transactions of the chain that is rebuilt. */
  readonly transactions: number;
  readonly json: boolean;
}

export const usage = `npm run bench -- [options]

Measures the goals of docs/performance.md as ratios, both sides in one run, and prints where each stands. Goal 5 in part and
goal fabric need Fabric's binaries (yici-network fabric install); where they are not, they are left out and that is said.

  --goal LIST         goals to measure: ${goals.join(', ')} (default: all)
  --rounds N          times that each side is measured, alternating (default ${defaultRounds})
  --transactions N    length of the chain that goal 8 rebuilds (default 20000)
  --json              one line of JSON instead of the text
  --help

Example:
  $ npm run bench -- --goal 3,4 --rounds 9
`;

/** What a command line asks for: benchmarks, the help text, or nothing that makes sense. */
export type Request =
  | { readonly kind: 'run'; readonly options: BenchOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string };

export function readOptions(args: readonly string[]): Request {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        goal: { type: 'string', default: goals.join(',') },
        rounds: { type: 'string', default: String(defaultRounds) },
        transactions: { type: 'string', default: '20000' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const asked: string[] = values.goal.split(',');
    const chosen = goals.filter((goal) => asked.includes(goal));
    if (chosen.length !== new Set(asked).size) return wrong(`--goal takes ${goals.join(', ')}`);
    const rounds = count(values.rounds, 1);
    const transactions = count(values.transactions, 100);
    if (transactions === undefined) return wrong('--transactions takes a number from 100 on');
    if (rounds === undefined) return wrong('--rounds takes a number from 1 on');
    return { kind: 'run', options: { goals: chosen, rounds, transactions, json: values.json } };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function count(text: string, least: number): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= least ? number : undefined;
}

const wrong = (why: string): Request => ({ kind: 'wrong', why });
