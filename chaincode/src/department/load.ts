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
