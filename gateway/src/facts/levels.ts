import { exerciseLevels, type DepartmentRecord } from '@yici/domain/model';

const rank = ({ level }: DepartmentRecord): number => Number(exerciseLevels[level]);
export const isGrassRoots = (one: DepartmentRecord): boolean =>
  rank(one) >= Number(exerciseLevels.township);
export const isUpward = (
  from: DepartmentRecord | undefined,
  to: DepartmentRecord | undefined,
): boolean => from !== undefined && to !== undefined && rank(from) > rank(to);
