/** Minimum, median and maximum of the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Comparison {
  readonly subject: Spread;
  readonly reference: Spread;
  /** subject / reference, round by round: holds when the machine's speed drifts. */
  readonly ratio: Spread;
}

/** How often each side is measured, alternating; PERFORMANCE.md asks for at least 7. */
export const defaultRounds = 7;

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { min: at(0), median, max: at(sorted.length - 1) };
}

/**
 * Measures both sides in turn, A B B A A B ..., after one round that does not count.
 * @param subject what is judged: gives its figure (a rate or a time) for one round
 */
export async function compare(
  subject: () => Promise<number>,
  reference: () => Promise<number>,
  rounds = defaultRounds,
): Promise<Comparison> {
  await subject();
  await reference();
  const pairs: { subject: number; reference: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await subject();
      pairs.push({ subject: first, reference: await reference() });
    } else {
      const first = await reference();
      pairs.push({ subject: await subject(), reference: first });
    }
  }
  return {
    subject: spread(pairs.map((pair) => pair.subject)),
    reference: spread(pairs.map((pair) => pair.reference)),
    ratio: spread(pairs.map((pair) => pair.subject / pair.reference)),
  };
}

/** Runs `work` `times` times and gives the rate per second. */
export async function ratePerSecond(
  times: number,
  work: (index: number) => void | Promise<void>,
): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < times; index++) {
    const pending = work(index);
    if (pending !== undefined) await pending;
  }
  return (times * 1000) / (performance.now() - start);
}
