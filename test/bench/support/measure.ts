/** Minimum, median and maximum of the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
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

/**
 * Measures several things in turn, forwards and backwards alternately, after one round that does not count.
 * @returns each one's figures, by round
 */
export async function alternate<Name extends string>(
  measures: Readonly<Record<Name, () => Promise<number>>>,
  rounds = defaultRounds,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(measures) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (const name of names) await measures[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      figures[name].push(await measures[name]());
    }
  }
  return figures;
}

/** One thing's figures over another's, round by round: holds when the machine's speed drifts. */
export function ratioOf(subject: readonly number[], reference: readonly number[]): Spread {
  return spread(subject.map((value, round) => value / (reference[round] ?? Number.NaN)));
}
