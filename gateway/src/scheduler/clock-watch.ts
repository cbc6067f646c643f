/** Smaller differences are gradual clock corrections. */
const tolerated = 60_000;

/**
 * Detects jumps of the system clock relative to a monotonic clock (`elapsed`, in milliseconds): it was set, or the machine
 * was suspended. The result gives the seconds by which it jumped since the last call; undefined when it did not.
 */
export function clockJumps(now: () => Date, elapsed: () => number): () => number | undefined {
  let before = now().getTime() - elapsed();
  return () => {
    const offset = now().getTime() - elapsed();
    const moved = offset - before;
    before = offset;
    return Math.abs(moved) < tolerated ? undefined : Math.round(moved / 1000);
  };
}
