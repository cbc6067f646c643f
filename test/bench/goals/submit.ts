import assert from 'node:assert/strict';
import { load, quantile, type LoadResult } from '../support/load.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';
import { casesPerMatter, filingFor, seed } from '../support/seed.js';
import { CryptoNeed, newestCall, type Specimen } from '../support/specimen.js';
import { Stack } from '../support/stack.js';
import { SubmitParts, type PartTimes } from './submit-parts.js';

const CONNECTIONS = 256;
const MANY = 2560;
const FEW = 100;
const ACCOUNT = 'hrss.service1';

/**
 * Goal 4: `case.submit` over HTTP under a key that the gateway keeps, answered when its block is on the disk and in the
 * index. At 256 connections against the rate at which one thread could do the signing and verifying alone; one at a
 * time against the sum of its parts. Every case has its own number, issued by the gateway.
 */
export async function measureSubmit(report: Report, options: BenchOptions): Promise<void> {
  const stack = await Stack.make();
  try {
    await stack.start();
    const total = (options.rounds + 2) * (MANY + FEW);
    const submit = new Submit(stack, await seed(stack, Math.ceil(total / casesPerMatter)));
    await submit.send(1, 1);
    const specimen = await newestCall(stack, 'case:submit');
    await measureRate(report, options, submit, specimen);
    await measureLatency(report, options, submit, await SubmitParts.open(stack, specimen));
    await stack.stop();
    await checkChain(report, stack, submit);
  } finally {
    await stack.remove();
  }
}

/** Files cases over HTTP; every answer must be a success. */
class Submit {
  sent = 0;
  readonly #stack: Stack;
  readonly #bodies: string[];

  constructor(stack: Stack, taskCodes: readonly string[]) {
    this.#stack = stack;
    this.#bodies = taskCodes.map((taskCode) => JSON.stringify(filingFor(taskCode)));
  }

  async send(connections: number, amount: number): Promise<LoadResult> {
    const token = (await this.#stack.apiKeys())[ACCOUNT];
    assert.ok(token !== undefined);
    const { url } = this.#stack;
    const bodies = this.#inTurn();
    const result = await load({ url, path: '/v1/cases', token, bodies, connections, amount });
    const { failed, errors, refusal } = result;
    assert.ok(failed + errors === 0, `${failed} failed, ${errors} broke off: ${refusal ?? ''}`);
    this.sent += amount;
    return result;
  }

  /** Each connection begins with the first body: another one leads each time, so that no matter runs out of numbers. */
  #inTurn(): string[] {
    const first = this.#bodies.shift();
    if (first !== undefined) this.#bodies.push(first);
    return [...this.#bodies];
  }
}

async function measureRate(
  report: Report,
  options: BenchOptions,
  submit: Submit,
  specimen: Specimen,
): Promise<void> {
  const need = new CryptoNeed(specimen);
  const late: number[] = [];
  const figures = await alternate(
    {
      submit: async () => {
        const { milliseconds, times } = await submit.send(CONNECTIONS, MANY);
        late.push(quantile(times, 0.99));
        return (MANY * 1000) / milliseconds;
      },
      limit: () => Promise.resolve(1000 / need.measure(2000)),
    },
    options.rounds,
  );
  report.spread(`case.submit over HTTP, c=${CONNECTIONS}`, spread(figures.submit), 'tx/s');
  report.spread('  p99', spread(late), 'ms');
  const count = need.signatures;
  const limit = `  crypto limit, ${count} signs + ${count} verifies a tx`;
  report.spread(limit, spread(figures.limit), 'tx/s');
  report.goal({
    goal: '4',
    what: `case.submit at c=${CONNECTIONS} / crypto limit of one thread`,
    ratio: ratioOf(figures.submit, figures.limit),
    bound: { atLeast: 0.5 },
  });
}

async function measureLatency(
  report: Report,
  options: BenchOptions,
  submit: Submit,
  parts: SubmitParts,
): Promise<void> {
  const measured: PartTimes[] = [];
  const figures = await alternate(
    {
      submit: async () => quantile((await submit.send(1, FEW)).times, 0.5),
      parts: async () => {
        const part = await parts.measure();
        measured.push(part);
        return part.crypto + part.chaincode + part.write;
      },
    },
    options.rounds,
  );
  await parts.close();
  const of = (name: keyof PartTimes) => spread(measured.map((part) => part[name]));
  report.spread('case.submit over HTTP, c=1, p50', spread(figures.submit), 'ms');
  report.spread('  cryptography of one', of('crypto'), 'ms');
  report.spread(`  ${parts.messages} messages with the chaincode`, of('chaincode'), 'ms');
  report.spread('  block signature and synced write', of('write'), 'ms');
  report.goal({
    goal: '4',
    what: 'case.submit at c=1, p50 / sum of these parts',
    ratio: ratioOf(figures.submit, figures.parts),
    bound: { atMost: 3 },
  });
}

/** What was answered as committed is on a chain that verifies from its blocks alone. */
async function checkChain(report: Report, stack: Stack, submit: Submit): Promise<void> {
  const { verdict, findings, codes, height } = await stack.verifyChain();
  assert.equal(verdict, 'VERIFIED', findings[0]?.detail);
  assert.deepEqual([...codes.keys()], ['VALID']);
  assert.ok((codes.get('VALID') ?? 0) >= submit.sent);
  report.line(`chain of ${height} blocks verified, ${submit.sent} submits in it, none failed`);
}
