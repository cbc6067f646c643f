import { setTimeout as delay } from 'node:timers/promises';
import type { Words } from '@yici/domain/model';
import type { Cast } from './cast.js';

/**
 * Time without new blocks, in milliseconds, after which no other process is assumed to be loading; random, so that two
 * waiting processes do not continue at the same moment.
 */
const quiet = () => 3_000 + Math.random() * 3_000;
/** Upper limit of the wait, because a network in use always has new blocks. */
const longest = 60_000;
const lookEvery = 500;

/**
 * Waits, reporting the height, while another process loads the demo: until it is complete or no new blocks arrive.
 * @returns whether it had to wait
 */
export async function untilOthersStop(
  cast: Cast,
  isWhole: () => Promise<boolean>,
  tell: (line: Words) => void,
): Promise<boolean> {
  const started = Date.now();
  const still = quiet();
  let seen = { height: -1, at: started, blocks: -1 };
  while (Date.now() - started < longest && Date.now() - seen.at < still) {
    const height = await heightOf(cast);
    if (height !== seen.height) {
      seen = { height, at: Date.now(), blocks: seen.blocks + 1 };
      tell({
        zh: `正在等待其他程序装载演示数据：区块 ${height}`,
        en: `waiting for another loader of the demo data: block ${height}`,
      });
      if (await isWhole()) return true;
    }
    await delay(lookEvery);
  }
  return seen.blocks > 0;
}

async function heightOf(cast: Cast): Promise<number> {
  const { client } = await cast.as('data.head1');
  return (await client.read('network.get', {})).indexed;
}
