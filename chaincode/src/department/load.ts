import type { Member } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf, type Departure } from '../kernel/departures';
import type { DepartmentFunction } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';
import type { DepartmentRecord } from './records';

/** Departments that hold the given functions now, apart from `except`. */
export async function loadHolders(
  store: RecordStore,
  names: readonly DepartmentFunction[],
  except: string,
): Promise<ReadonlyMap<DepartmentFunction, DepartmentRecord>> {
  const holders = new Map<DepartmentFunction, DepartmentRecord>();
  for (const name of names) {
    const holder = await store.get('functionHolder', name);
    if (holder === undefined || holder.department === except) continue;
    const department = await store.get('department', holder.department);
    if (department !== undefined) holders.set(name, department);
  }
  return holders;
}

/** How many departments there are that have not ended. */
export async function countLasting(store: RecordStore, { at }: Member): Promise<number> {
  const all = await store.all('departmentOfMsp', []);
  let ended = 0;
  for (const { department, reformed } of all) {
    if (reformed === undefined) continue;
    const { left } = (await store.get('department', department)) ?? {};
    if (departureOf(left, { of: 'everything' }, shanghaiDate(at)) !== undefined) ended += 1;
  }
  return all.length - ended;
}

/** Looks up departments that were loaded before. */
export type DepartmentOf = (id: string) => DepartmentRecord | undefined;

/** These departments, and those to whom what they had goes now, as `due` finds from what is loaded. */
export async function loadWithHeirs(
  store: RecordStore,
  ids: readonly string[],
  due: (departmentOf: DepartmentOf) => readonly { readonly departure: Departure }[],
): Promise<DepartmentOf> {
  const known = new Map<string, DepartmentRecord>();
  const load = async (wanted: readonly string[]) => {
    for (const id of new Set(wanted)) {
      const found = await store.get('department', id);
      if (found !== undefined) known.set(id, found);
    }
  };
  const departmentOf: DepartmentOf = (id) => known.get(id);
  await load(ids);
  await load(due(departmentOf).map(({ departure }) => departure.to));
  return departmentOf;
}
