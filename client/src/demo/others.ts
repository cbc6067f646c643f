import { setTimeout as delay } from 'node:timers/promises';
import { networkSchema } from '../api/shapes.js';
import type { Cast } from './cast.js';

/** How long the chain must stand still before nobody else is taken to be loading, in ms; two that wait do not wake together. */
const quiet = () => 3_000 + Math.random() * 3_000;
/** A network in use never stands still: then it is looked at again after this. */
const longest = 60_000;
const lookEvery = 500;

/**
 * Waits, telling the height, while somebody else puts the demo on the ledger: until it is whole or the chain stands still.
 * @returns whether there was anything to wait for
 */
export async function untilOthersStop(
  cast: Cast,
  isWhole: () => Promise<boolean>,
  tell: (line: string) => void,
): Promise<boolean> {
  const started = Date.now();
  const still = quiet();
  let seen = { height: -1, at: started, blocks: -1 };
  while (Date.now() - started < longest && Date.now() - seen.at < still) {
    const height = await heightOf(cast);
    if (height !== seen.height) {
      seen = { height, at: Date.now(), blocks: seen.blocks + 1 };
      tell(
        `等待他人装载演示数据 waiting for another loader of the demo data: 区块 block ${height}`,
      );
      if (await isWhole()) return true;
    }
    await delay(lookEvery);
  }
  return seen.blocks > 0;
}

async function heightOf(cast: Cast): Promise<number> {
  const { client } = await cast.as('data.head1');
  return (await client.get(networkSchema, '/v1/network')).indexed;
}
