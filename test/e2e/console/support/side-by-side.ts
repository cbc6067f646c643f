import type { Visitor } from './visitor.js';

/** Pages that are looked at by themselves mostly wait: so many visitors share the looking. */
const visitors = 3;

/** Looks at each of several things, whichever visitor comes first; ends when all have left, and with what was amiss. */
export async function sideBySide<T>(
  open: () => Promise<Visitor>,
  things: readonly T[],
  look: (visitor: Visitor, thing: T) => Promise<unknown>,
): Promise<void> {
  const left = [...things];
  const lane = async () => {
    const visitor = await open();
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) {
      await look(visitor, thing);
    }
    await visitor.leave();
  };
  const ended = await Promise.allSettled(Array.from({ length: visitors }, lane));
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}
