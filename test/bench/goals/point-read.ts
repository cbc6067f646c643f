import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { BareReader, linkedStore } from '../support/bare-reader.js';
import { indexFolder } from '../support/city/city-index.js';
import { CityStand } from '../support/city/city-stand.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import { readLoad } from '../support/read-load.js';
import type { Report } from '../support/report.js';

const connections = 64;
const amount = 16_000;

/**
 * Goal 6: one case by its number, for an official of a party, out of an index of a million, against bare node:http with
 * LevelDB over the same tables. The third server answers without reading anything.
 */
export async function measurePointRead(report: Report, options: BenchOptions): Promise<void> {
  const stand = await CityStand.open(options.cases, options.keep, (text) =>
    process.stderr.write(`${text}\n`),
  );
  const bare: BareReader[] = [];
  const folder = await mkdtemp(join(stand.stack.folder, 'bare-'));
  try {
    await linkedStore(indexFolder(stand.stack), folder);
    await stand.stack.start();
    bare.push(await BareReader.start(folder));
    bare.push(await BareReader.start());
    await compare(report, options, stand, bare);
  } finally {
    for (const server of bare) await server.stop();
    await stand.stack.stop();
    await rm(folder, { recursive: true });
    await stand.close(options.keep);
  }
}

async function compare(
  report: Report,
  options: BenchOptions,
  { stack }: CityStand,
  [withStore, withoutStore]: readonly BareReader[],
): Promise<void> {
  assert.ok(withStore !== undefined && withoutStore !== undefined);
  const client = new YiciClient({
    baseUrl: stack.url,
    identity: await readIdentityFolder(stack.identityFolder('offices.clerk1')),
  });
  await client.login();
  const { token } = client;
  assert.ok(token !== undefined);
  const paths = await somePaths(client);
  const late: Record<string, number[]> = { gateway: [], withStore: [], withoutStore: [] };
  const measured = (name: keyof typeof late, url: string) => async () => {
    const result = await readLoad({ url, token, paths, connections, amount });
    assert.equal(result.failed, 0, `${result.failed} reads from ${url} failed`);
    late[name]?.push(result.p99);
    return (result.succeeded * 1000) / result.milliseconds;
  };
  const figures = await alternate(
    {
      gateway: measured('gateway', stack.url),
      withStore: measured('withStore', withStore.url),
      withoutStore: measured('withoutStore', withoutStore.url),
    },
    options.rounds,
  );
  const say = (name: keyof typeof figures, what: string) => {
    report.spread(`${what}, c=${connections}`, spread(figures[name]), 'reads/s');
    report.spread(`  p99 of ${what}`, spread(late[name] ?? []), 'ms');
  };
  say('gateway', `a case of ${options.cases}, with a session`);
  say('withStore', 'bare node:http and level');
  say('withoutStore', 'bare node:http alone');
  report.goal({
    goal: '6',
    what: 'authenticated point read / bare node:http and level',
    ratio: ratioOf(figures.gateway, figures.withStore),
    bound: { atLeast: 0.5 },
  });
}

/** Cases of many matters and days, in no order. */
async function somePaths(client: YiciClient): Promise<string[]> {
  const numbers: string[] = [];
  for (let task = 1; task <= 120; task++) {
    const taskCode = `YC3311${String(task).padStart(10, '0')}`;
    for (const sort of ['submittedAt', '-submittedAt']) {
      const { items } = await client.read('cases.list', { taskCode, sort, limit: 50 });
      numbers.push(...items.map(({ caseNo }) => caseNo));
    }
  }
  const mixed = numbers.map((number, index) => ({ number, place: (index * 7_919) % 8_009 }));
  mixed.sort((one, other) => one.place - other.place);
  return mixed.map(({ number }) => `/v1/cases/${number}`);
}
