import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '@yici/gateway/testing';
import { expect } from 'chai';
import { z } from 'zod';
import type { Answer, Door } from '../../integration/gateway/support/api.js';

/** Who has clerks and heads in the stories; `seed` registers them. */
export const departments = ['establishment', 'offices', 'data', 'supervision'] as const;
export type DepartmentId = (typeof departments)[number];

/** A network that stories are told on, whichever engine is under it, and however many gateways are over it. */
export interface Stand {
  /** Everybody calls at the gateway of the own department, which first catches up with what the others have shown. */
  readonly api: Door;
  /** The gateway of one department, for whoever calls there. */
  at(department: DepartmentId): Door;
  /** Blocks that the furthest gateway has in its index. */
  height(): number;
  /** Where nodes and gateways keep everything that they keep. */
  readonly directory: string;
  /** The folder with a user's certificate and key, as `yici --identity` takes it. */
  identityFolder(user: string): string;
  /** What all gateways logged so far. */
  log(): string;
}

/** A stand whose present can be moved on. */
export interface MovingStand extends Stand {
  /** The present, for everybody. */
  goOn(days: number): void;
}

/** A stand with two gateways whose schedulers begin a round when they are asked to. */
export interface TimedStand extends MovingStand {
  readonly schedulers: readonly [Gateway, Gateway];
  /** Whom they propose as. */
  readonly proposers: readonly string[];
}

/** A day from now on, in Shanghai (`YYYY-MM-DD`). */
export const shanghai = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** Sends a command that must be refused before anything is ordered: no block has it. */
export async function refusal(
  stand: Stand,
  user: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  const before = stand.height();
  const answer = await stand.api.run(user, path, body);
  expect(answer.status, answer.text).to.be.within(400, 499);
  // Blocks of others, such as a gateway's beacon, come when they come.
  for (let number = before; number < stand.height(); number += 1) {
    const block = await stand.api.get(user, `/v1/blocks/${String(number)}`);
    const by = z.array(creatorSchema).parse(block.each('items', 'creator'));
    expect(
      by.map((creator) => creator?.user),
      answer.text,
    ).to.not.include(user);
  }
  return answer;
}

const creatorSchema = z.object({ user: z.string() }).nullable();

/** Waits for what comes soon. */
export async function until(what: string, holds: () => boolean, within = 20_000): Promise<void> {
  const deadline = performance.now() + within;
  while (!holds()) {
    if (performance.now() > deadline) expect.fail(`not in time: ${what}`);
    await delay(5);
  }
}
