import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Does it so many times, a few at a time, and gives the answers in the order they came. */
export async function flood<T>(times: number, once: (turn: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  let turn = 0;
  const work = async () => {
    while (turn < times) answers.push(await once(turn++));
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return answers;
}

/** How often each answer came. */
export function tally(answers: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

/** MiB that this process holds on to: on the heap and in buffers, what is garbage collected first. */
export function heldMebibytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

/** Asks again until the answer is the one hoped for, a few hundred times at most; the last answer. */
export async function until(hoped: number, ask: () => Promise<number>): Promise<number> {
  let answer = await ask();
  for (let tries = 0; answer !== hoped && tries < 300; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    answer = await ask();
  }
  return answer;
}
