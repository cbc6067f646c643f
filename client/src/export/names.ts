import { shanghaiDate, type Actor, type DepartmentRecord } from '@yici/domain/model';
import type { CaseSources } from './sources.js';

/** The person who acted and, for a delegate, the official represented. */
export function personText(by: Pick<Actor, 'user' | 'for'>): string {
  return by.for === undefined ? by.user : `${by.user}（代${by.for}）`;
}

/** The name in a department's entry, of an act the one that it had at that time; its id when there is no entry. */
export function departmentName(
  departments: readonly DepartmentRecord[],
  id: string,
  at?: string,
): string {
  const entry = departments.find((known) => known.id === id);
  const day = at === undefined ? undefined : shanghaiDate(at);
  const former = entry?.formerNames?.find(({ until }) => day !== undefined && day < until);
  return (former ?? entry)?.name.zh ?? id;
}

/** A step by the name that its matter gives it; its id in versions from before steps had names. */
export const stepName = ({ matter }: Pick<CaseSources, 'matter'>, id: string): string =>
  matter.content.flow.find((step) => step.id === id)?.name?.zh ?? id;

/** 行政区划 of a department, nine digits at most. */
export function regionOf(departments: readonly DepartmentRecord[], id: string): string | undefined {
  return departments.find((known) => known.id === id)?.regionCode.slice(0, 9);
}
