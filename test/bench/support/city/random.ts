/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Picks the n-th of a list half as often as the (n/2)-th: few are most of it (Zipf). */
export function zipf<T>(items: readonly T[], random: () => number): () => T {
  const ends: number[] = [];
  let sum = 0;
  for (const index of items.keys()) ends.push((sum += 1 / (index + 1)));
  return () => {
    const wanted = random() * sum;
    const index = ends.findIndex((end) => end > wanted);
    return items.at(index) as T;
  };
}

/** Picks by weight. */
export function weighted<T extends string>(
  weights: Readonly<Record<T, number>>,
  random: () => number,
): () => T {
  const all = Object.entries(weights) as [T, number][];
  const sum = all.reduce((total, [, weight]) => total + weight, 0);
  return () => {
    let left = random() * sum;
    for (const [name, weight] of all) if ((left -= weight) < 0) return name;
    return (all.at(-1) as [T, number])[0];
  };
}

const hexWords = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0'));

/**
 * 64 hexadecimal digits for a text, which do not compress. Not a cryptographic digest: millions are made, and nothing here
 * checks them.
 */
export function hexOf(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    other = Math.imul(other + text.charCodeAt(index), 0x5bd1e995) ^ (other >>> 13);
  }
  let hex = '';
  for (let index = 0; index < 8; index++) {
    one = Math.imul(one ^ (one >>> 15), 0x2c1b3c6d) + other;
    other = Math.imul(other ^ (other >>> 12), 0x297a2d39) ^ one;
    hex += (hexWords[one & 0xffff] ?? '') + (hexWords[other >>> 16] ?? '');
  }
  return hex;
}

export const digestOf = (text: string) => ({
  digestAlg: 'sha256' as const,
  digest: hexOf(text),
});
