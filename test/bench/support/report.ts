import { z } from 'zod';
import type { Goal } from './options.js';
import type { Spread } from './measure.js';

/** One goal of the performance page and where it stands. */
export interface GoalResult {
  readonly goal: Goal;
  readonly what: string;
  readonly ratio: Spread;
  /** Reached when `median` is at least (or at most) this. */
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
}

const width = 48;

/** Prints for people, or collects for `--json`. */
export interface Report {
  line(text: string): void;
  figure(name: string, value: number, unit: string): void;
  spread(name: string, figures: Spread, unit: string): void;
  goal(result: GoalResult): void;
  finish(): void;
}

export function createReport(json: boolean, write: (text: string) => void): Report {
  const collected: { figures: Record<string, unknown>; goals: unknown[] } = {
    figures: {},
    goals: [],
  };
  const say = (text: string) => {
    if (!json) write(`${text}\n`);
  };
  return {
    line: say,
    figure(name, value, unit) {
      collected.figures[name.trim()] = { value, unit };
      say(`${name.padEnd(width)} ${number(value)} ${unit}`);
    },
    spread(name, figures, unit) {
      collected.figures[name.trim()] = { ...figures, unit };
      say(`${name.padEnd(width)} ${range(figures)} ${unit}`);
    },
    goal(result) {
      const reached = isReached(result);
      collected.goals.push({ ...result, reached });
      const bound =
        'atLeast' in result.bound ? `>= ${result.bound.atLeast}` : `<= ${result.bound.atMost}`;
      say(
        `goal ${result.goal}: ${result.what}: ${range(result.ratio)} (${bound}) ${reached ? 'reached' : 'NOT reached'}`,
      );
    },
    finish() {
      if (json) write(`${JSON.stringify(collected)}\n`);
    },
  };
}

/** The lines that `--json` gave for goals measured apart, as one; figures of a name are the last ones'. */
export function joinReports(lines: readonly string[]): string {
  const reports = lines
    .filter((line) => line !== '')
    .map((line) => reportSchema.parse(JSON.parse(line)));
  return JSON.stringify({
    figures: Object.assign({}, ...reports.map(({ figures }) => figures)) as unknown,
    goals: reports.flatMap(({ goals }) => goals),
  });
}

const reportSchema = z.object({
  figures: z.record(z.string(), z.unknown()),
  goals: z.array(z.unknown()),
});

export function isReached(result: GoalResult): boolean {
  const { bound, ratio } = result;
  return 'atLeast' in bound ? ratio.median >= bound.atLeast : ratio.median <= bound.atMost;
}

function range({ min, median, max }: Spread): string {
  return `${number(median)} [${number(min)} .. ${number(max)}]`;
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
