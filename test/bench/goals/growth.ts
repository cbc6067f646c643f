import assert from 'node:assert/strict';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { CityStand } from '../support/city/city-stand.js';
import { listQueries, type Asker, type ListQuery } from '../support/city/list-queries.js';
import { load, quantile } from '../support/load.js';
import { alternate, ratioOf, spread, type Spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';
import { filingFor } from '../support/seed.js';
import { TimedReader } from '../support/timed-get.js';

/** Requests of one list to each side in a round. */
const requests = 24;
const connections = 64;
const submits = 256;
const account = 'hrss.service1';

const sizes = ['small', 'large'] as const;
type Size = (typeof sizes)[number];

/** What is measured of one list: times of each side by round, and rows of a page. */
export interface ListFigures {
  readonly name: string;
  readonly times: Readonly<Record<Size, readonly (readonly number[])[]>>;
  readonly rows: Readonly<Record<Size, number>>;
}

/**
 * Goal 7: what grows when the index grows from ten thousand cases to a million. Two whole stacks in one run, each a
 * gateway process with its own network, asked the same things in turn: every list under every filter, and submits.
 */
export async function measureGrowth(report: Report, options: BenchOptions): Promise<void> {
  const stands = await openStands(report, options);
  try {
    await Promise.all(sizes.map((size) => stands[size].stack.start()));
    reportLists(report, await measureLists(stands, { rounds: options.rounds, requests }));
    await measureSubmits(report, options, stands);
  } finally {
    for (const size of sizes) await stands[size].close(options.keep);
  }
}

export type Stands = Readonly<Record<Size, CityStand>>;

/** How often each list is asked for on each side. */
export interface Repeats {
  readonly rounds: number;
  /** In each round. */
  readonly requests: number;
}

/** One after the other: each takes what the machine has. */
async function openStands(report: Report, options: BenchOptions): Promise<Stands> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const small = await CityStand.open(options.smallCases, options.keep, say);
  try {
    const large = await CityStand.open(options.cases, options.keep, say);
    for (const { filled } of [small, large]) {
      const { cases, milliseconds, firstTenth, lastTenth } = filled;
      report.figure(`${cases} cases into the index`, milliseconds / 1000, 's');
      report.figure(`  its first tenth of ${cases}`, firstTenth, 'cases/s');
      report.figure(`  its last tenth of ${cases}`, lastTenth, 'cases/s');
    }
    return { small, large };
  } catch (error) {
    await small.close(options.keep);
    throw error;
  }
}

/** Every list of two running stacks, in turn. */
export async function measureLists(stands: Stands, repeats: Repeats): Promise<ListFigures[]> {
  const readers = {
    small: await readersOf(stands.small),
    large: await readersOf(stands.large),
  };
  const figures: ListFigures[] = [];
  try {
    for (const query of listQueries) figures.push(await measureList(query, readers, repeats));
  } finally {
    for (const size of sizes) {
      for (const reader of Object.values(readers[size])) reader.close();
    }
  }
  return figures;
}

type Readers = Readonly<Record<Asker, TimedReader>>;

async function readersOf({ stack }: CityStand): Promise<Readers> {
  const client = new YiciClient({
    baseUrl: stack.url,
    identity: await readIdentityFolder(stack.identityFolder('supervision.supervisor1')),
  });
  await client.login();
  const apiKey = (await stack.apiKeys())[account];
  assert.ok(client.token !== undefined && apiKey !== undefined);
  return {
    supervisor: new TimedReader(stack.url, client.token),
    department: new TimedReader(stack.url, apiKey),
  };
}

/** The two sides in turn, request by request: what slows the machine down slows both. */
async function measureList(
  query: ListQuery,
  readers: Readonly<Record<Size, Readers>>,
  { rounds, requests: each }: Repeats,
): Promise<ListFigures> {
  const times: Record<Size, number[][]> = { small: [], large: [] };
  const rows: Record<Size, number> = { small: 0, large: 0 };
  const paths = {
    small: await pathsOf(query, readers.small[query.asker]),
    large: await pathsOf(query, readers.large[query.asker]),
  };
  // The first round warms both up and does not count.
  for (let round = 0; round <= rounds; round++) {
    const taken: Record<Size, number[]> = { small: [], large: [] };
    for (let index = 0; index < each; index++) {
      for (const size of (round + index) % 2 === 0 ? sizes : [...sizes].reverse()) {
        const path = paths[size][index % paths[size].length] ?? '';
        const page = await readers[size][query.asker].page(path);
        taken[size].push(page.milliseconds);
        rows[size] += page.rows;
      }
    }
    if (round > 0) for (const size of sizes) times[size].push(taken[size]);
  }
  const pages = each * (rounds + 1);
  return {
    name: query.name,
    times,
    rows: { small: rows.small / pages, large: rows.large / pages },
  };
}

async function pathsOf({ path, queries, deep = 0 }: ListQuery, reader: TimedReader) {
  const first = queries.map((query) => `${path}?${query}`);
  const paths: string[] = [];
  for (const one of first) {
    let next: string | null = null;
    for (let page = 0; page < deep; page++) {
      ({ next } = await reader.page(next === null ? one : `${one}&cursor=${next}`));
    }
    paths.push(next === null ? one : `${one}&cursor=${next}`);
  }
  return paths;
}

export function reportLists(report: Report, figures: readonly ListFigures[]): void {
  for (const list of figures) {
    report.line(
      `${list.name.padEnd(48)} p50 ${of(p50(list, 'large'))} / ${of(p50(list, 'small'))} ms ${of(p50Ratio(list).median)}x, ` +
        `p99 ${of(p99Ratio([list]))}x, rows ${of(list.rows.large)} / ${of(list.rows.small)}`,
    );
  }
  // A fuller page takes longer on any index: the few lists that fill no page on one side are shown and not judged.
  const judged = figures.filter(({ rows }) => rows.small > 0.95 * rows.large);
  report.line(`${judged.length} of ${figures.length} lists have equally full pages on both sides`);
  const [most, slowest] = [worstBy(judged, (one) => p50Ratio(one).median), worstBy(judged, p99Of)];
  const atMost = (bound: number) => ({ atMost: bound });
  report.goal({
    goal: '7',
    what: 'p50 of lists, large / small: of these, the middle, the least and the most',
    ratio: spread(judged.map((list) => p50Ratio(list).median)),
    bound: atMost(1.3),
  });
  report.goal({
    goal: '7',
    what: `p50 where it grew most (${most.name})`,
    ratio: p50Ratio(most),
    bound: atMost(1.3),
  });
  report.goal({
    goal: '7',
    what: 'p99 of all these lists together, large / small',
    ratio: spread([p99Ratio(judged)]),
    bound: atMost(2),
  });
  report.goal({
    goal: '7',
    what: `p99 where it grew most (${slowest.name})`,
    ratio: spread([p99Of(slowest)]),
    bound: atMost(2),
  });
}

const p99Of = (list: ListFigures): number => p99Ratio([list]);

function worstBy(
  figures: readonly ListFigures[],
  ratio: (one: ListFigures) => number,
): ListFigures {
  return figures.reduce((one, other) => (ratio(other) > ratio(one) ? other : one));
}

const of = (value: number): string => value.toFixed(2);
const p50 = (list: ListFigures, size: Size): number => quantile(list.times[size].flat(), 0.5);

/** Round by round. */
function p50Ratio({ times }: ListFigures): Spread {
  const medians = (size: Size) => times[size].map((round) => quantile(round, 0.5));
  return ratioOf(medians('large'), medians('small'));
}

/** Of all rounds together: one round has too few requests for a p99. */
function p99Ratio(lists: readonly ListFigures[]): number {
  const all = (size: Size) => lists.flatMap(({ times }) => times[size].flat());
  return quantile(all('large'), 0.99) / quantile(all('small'), 0.99);
}

/** Submits over HTTP. The index is large, the ledger below it is not: it has the cases that are submitted here. */
async function measureSubmits(
  report: Report,
  options: BenchOptions,
  stands: Stands,
): Promise<void> {
  const figures = await alternate(
    { small: () => submitRate(stands.small), large: () => submitRate(stands.large) },
    options.rounds,
  );
  report.spread(
    `case.submit, c=${connections}, index of ${options.smallCases}`,
    spread(figures.small),
    'tx/s',
  );
  report.spread(
    `case.submit, c=${connections}, index of ${options.cases}`,
    spread(figures.large),
    'tx/s',
  );
  report.goal({
    goal: '7',
    what: 'case.submit over HTTP, large index / small index',
    ratio: ratioOf(figures.large, figures.small),
    bound: { atLeast: 0.85 },
  });
}

async function submitRate({ stack, taskCodes }: CityStand): Promise<number> {
  const token = (await stack.apiKeys())[account];
  assert.ok(token !== undefined);
  const bodies = taskCodes.map((taskCode) => JSON.stringify(filingFor(taskCode)));
  const given = { url: stack.url, path: '/v1/cases', token, bodies, connections };
  const { milliseconds, failed, errors, refusal } = await load({ ...given, amount: submits });
  assert.ok(failed + errors === 0, `${failed} failed, ${errors} broke off: ${refusal ?? ''}`);
  return (submits * 1000) / milliseconds;
}
