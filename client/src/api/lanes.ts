/**
 * Works on items, at most `width` at a time; those of one lane one after the other, in their order. Lanes begin in the
 * order of their first items.
 */
export async function inLanes<T>(
  items: readonly T[],
  laneOf: (item: T) => string,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = laneOf(item);
    lanes.set(lane, [...(lanes.get(lane) ?? []), item]);
  }
  // Shared: each worker takes the next lane that nobody has.
  const waiting = lanes.values();
  const worker = async () => {
    for (const lane of waiting) for (const item of lane) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
