import type { Member } from './caller';
import { shanghaiDate } from './days';
import { departureOf, type Held } from './departures';
import type { RecordStore } from './store';

/** More than reorganisations one after the other in the life of a record. */
const mostSteps = 8;

/**
 * Whose something is by now, of records that no act moves: the department that a record names or, after reorganisations,
 * whoever it went to from there.
 */
export async function holderNow(
  store: RecordStore,
  named: string,
  held: Held,
  { at }: Member,
): Promise<string> {
  const today = shanghaiDate(at);
  let holder = named;
  for (let step = 0; step < mostSteps; step += 1) {
    const gone = departureOf((await store.get('department', holder))?.left, held, today);
    if (gone === undefined) return holder;
    holder = gone.to;
  }
  return holder;
}
