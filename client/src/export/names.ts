import type { Actor, DepartmentRecord } from '@yici/chaincode/model';

/** Who did it, with the absent official in whose place. */
export function personText(by: Pick<Actor, 'user' | 'for'>): string {
  return by.for === undefined ? by.user : `${by.user}（代${by.for}）`;
}

/** A department as its entry names it; its id when the entry is not there. */
export function departmentName(departments: readonly DepartmentRecord[], id: string): string {
  return departments.find((known) => known.id === id)?.name.zh ?? id;
}

/** 行政区划 of a department, nine digits at most. */
export function regionOf(departments: readonly DepartmentRecord[], id: string): string | undefined {
  return departments.find((known) => known.id === id)?.regionCode.slice(0, 9);
}
