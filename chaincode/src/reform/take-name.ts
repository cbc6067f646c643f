import type { DepartmentRecord } from '../department/records';
import { eventOf, found, type Rule } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';

/**
 * A department takes the name that a reorganisation in force gives it; the one from before is kept with the day on which it
 * ended, so that what was signed under it can be printed with it.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING
 */
export const takeName: Rule<
  'reform.takeName',
  { readonly department: DepartmentRecord | undefined },
  DepartmentRecord
> = (state, { department: id }, member) => {
  const before = found(state.department, { id });
  const [next, ...others] = before.renames ?? [];
  if (next === undefined || next.on > shanghaiDate(member.at)) {
    throw new ContractError('REFORM_NOTHING', { department: id });
  }
  const { reformId, on: until, name } = next;
  return {
    main: {
      ...before,
      name,
      formerNames: [...(before.formerNames ?? []), { name: before.name, until, reformId }],
      renames: others,
      updatedAt: member.at,
    },
    also: [],
    event: { ...eventOf('reform.takeName', member, member.at), id, reformId },
  };
};
