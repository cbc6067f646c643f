import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultCases } from './fabric/cases.js';
import { fabricReportLines } from './fabric/report.js';
import { hasFabric, runFabricFaults } from './fabric/run.js';
import { reportLines } from './report.js';
import { runFaults } from './run.js';

const usage = `npm run faults -- [options]

Runs the gateway with its embedded network under load, kills it with kill -9 at random moments, restarts it and checks that
nothing acknowledged is lost, nothing happens twice and the chain verifies. Exits with 1 when something does not hold.

With --engine fabric it does the same to four departments' native Fabric nodes with a gateway in front: see the cases.

  --engine NAME embedded (default) or fabric
  --fault NAME  embedded: kill (default), or disk: each store's disk full from a random byte on, for a while
  --rounds N    embedded: faults (default 20); fabric: how often each case is run (default 1)
  --seed S      embedded: schedule to repeat (default: a random one, printed)
  --case NAME   fabric: only this case; may be given several times
  --changes     fabric: do the harm again and again while a fifth department joins, a consenter gets other keys and a peer other
                certificates; each case on a network of its own
  --json        one line of JSON instead of the table
  --help

Cases of --engine fabric:
${faultCases.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}

Examples:
  $ npm run faults -- --rounds 100 --seed 7
  $ npm run faults -- --fault disk --rounds 100
  $ npm run faults -- --engine fabric --case leader-killed --case two-gone
  $ npm run faults -- --engine fabric --changes --case leader-killed
`;

interface Options {
  readonly engine: 'embedded' | 'fabric';
  readonly fault: 'kill' | 'disk';
  readonly rounds: number;
  readonly seed: number;
  readonly cases: readonly string[];
  readonly changes: boolean;
  readonly json: boolean;
}

const optionsSchema = z
  .strictObject({
    engine: z.enum(['embedded', 'fabric']),
    fault: z.enum(['kill', 'disk']).optional(),
    rounds: z.coerce.number().int().min(1).optional(),
    seed: z.coerce.number().int().min(0).optional(),
    case: z.array(z.enum(faultCases.map(({ name }) => name))),
    changes: z.boolean(),
    json: z.boolean(),
  })
  // Each engine takes its own options and no others.
  .refine((given) =>
    given.engine === 'embedded'
      ? given.case.length === 0 && !given.changes
      : !('seed' in given) && !('fault' in given),
  )
  // What is a change itself is none of what happens while one is made.
  .refine(
    (given) =>
      !given.changes ||
      !faultCases.some(({ name, isChange }) => isChange && given.case.includes(name)),
  )
  .transform((given): Options => ({
    engine: given.engine,
    fault: given.fault ?? 'kill',
    rounds: given.rounds ?? (given.engine === 'fabric' ? 1 : 20),
    seed: given.seed ?? randomInt(2 ** 31),
    cases: given.case,
    changes: given.changes,
    json: given.json,
  }));

/** What the command line asks for; undefined for the help text or for what makes no sense. */
function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        engine: { type: 'string', default: 'embedded' },
        fault: { type: 'string' },
        rounds: { type: 'string' },
        seed: { type: 'string' },
        case: { type: 'string', multiple: true, default: [] },
        changes: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { help, ...given } = values;
    return help ? undefined : optionsSchema.safeParse(given).data;
  } catch {
    return undefined;
  }
}

const onProgress = (line: string) => process.stderr.write(`${line}\n`);

function print(report: object, lines: readonly string[], json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(report) : lines.join('\n')}\n`);
}

async function runEmbedded(options: Options): Promise<number> {
  onProgress(`seed ${options.seed}`);
  const report = await runFaults({ ...options, onProgress });
  print(report, reportLines(report), options.json);
  return report.violations.length === 0 ? 0 : 1;
}

async function runFabric({ rounds, cases, changes, json }: Options): Promise<number> {
  if (!hasFabric()) {
    onProgress("Fabric's binaries are not here: run npx yici-network fabric install.");
    return 3;
  }
  const chosen = cases.length === 0 ? {} : { cases };
  const report = await runFabricFaults({ rounds, changes, ...chosen, onProgress });
  print(report, fabricReportLines(report), json);
  return report.cases.every(({ verdict }) => verdict === 'held') ? 0 : 1;
}

const args = process.argv.slice(2);
const options = readOptions(args);
if (options === undefined) {
  const asked = args.includes('--help');
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
} else {
  process.exitCode = await (options.engine === 'fabric' ? runFabric : runEmbedded)(options);
}
