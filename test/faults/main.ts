import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { reportLines } from './report.js';
import { runFaults } from './run.js';

const usage = `npm run faults -- [options]

Runs the gateway with its embedded network under load, kills it with kill -9 at random moments, restarts it and checks that
nothing acknowledged is lost, nothing happens twice and the chain verifies. Exits with 1 when something does not hold.

  --rounds N    kills (default 20)
  --seed S      schedule to repeat (default: a random one, printed)
  --json        one line of JSON instead of the table
  --help

Example:
  $ npm run faults -- --rounds 100 --seed 7
`;

interface Options {
  readonly rounds: number;
  readonly seed: number;
  readonly json: boolean;
}

/** What the command line asks for; undefined for the help text or for what makes no sense. */
function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '20' },
        seed: { type: 'string', default: String(randomInt(2 ** 31)) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
    const sensible = Number.isInteger(rounds) && rounds > 0 && Number.isInteger(seed) && seed >= 0;
    return sensible && !values.help ? { rounds, seed, json: values.json } : undefined;
  } catch {
    return undefined;
  }
}

const args = process.argv.slice(2);
const options = readOptions(args);
if (options === undefined) {
  const asked = args.includes('--help');
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
} else {
  process.stderr.write(`seed ${options.seed}\n`);
  const report = await runFaults({
    ...options,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  const text = options.json ? JSON.stringify(report) : reportLines(report).join('\n');
  process.stdout.write(`${text}\n`);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}
