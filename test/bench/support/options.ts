import { parseArgs } from 'node:util';
import { defaultRounds } from './measure.js';

export const goals = ['3', '4', '5', '6', '7', '8', 'fabric'] as const;
export type Goal = (typeof goals)[number];

export interface BenchOptions {
  readonly goals: readonly Goal[];
  /** How often each side of a comparison is measured. */
  readonly rounds: number;
  /** Transactions of the chain that is rebuilt. */
  readonly transactions: number;
  /** Cases of the large index of goals 6 and 7. */
  readonly cases: number;
  /** Cases of the small one: 10,000, or a tenth of few. */
  readonly smallCases: number;
  /** Leaves the indexes of goals 6 and 7 for the next run. */
  readonly keep: boolean;
  readonly json: boolean;
}

export const usage = `npm run bench -- [options]

Measures the goals of docs/performance.md as ratios, both sides in one run, and prints where each stands. Goal 5 in part and
goal fabric need Fabric's binaries (yici-network fabric install); where they are not, they are left out and that is said.

  --goal LIST         goals to measure: ${goals.join(', ')} (default: all)
  --rounds N          times that each side is measured, alternating (default ${defaultRounds})
  --transactions N    length of the chain that goal 8 rebuilds (default 20000)
  --cases N           cases of the large index of goals 6 and 7, against 10000 or a tenth (default 1000000)
  --keep              leave these indexes in the temporary folder for the next run; without it they are removed
  --json              one line of JSON instead of the text
  --help

Example:
  $ npm run bench -- --goal 3,4 --rounds 9
  $ npm run bench -- --goal 6,7 --cases 100000 --keep
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
        cases: { type: 'string', default: '1000000' },
        keep: { type: 'boolean', default: false },
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
    const cases = count(values.cases, 10_000);
    if (transactions === undefined) return wrong('--transactions takes a number from 100 on');
    if (rounds === undefined) return wrong('--rounds takes a number from 1 on');
    if (cases === undefined) return wrong('--cases takes a number from 10000 on');
    const { keep, json } = values;
    const smallCases = Math.min(10_000, Math.floor(cases / 10));
    const options = { goals: chosen, rounds, transactions, cases, smallCases, keep, json };
    return { kind: 'run', options };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function count(text: string, least: number): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= least ? number : undefined;
}

const wrong = (why: string): Request => ({ kind: 'wrong', why });
