import { z } from 'zod';
import { command, keepers, query } from '../kernel/operation';
import { departmentFunction, departmentFunctions } from '../kernel/roles';
import {
  departmentId,
  listOf,
  localText,
  page,
  pageOf,
  regionCode,
  systemId,
} from '../kernel/scalars';
import { departmentRecord, level } from './records';

const departments = { plural: 'departments', key: 'id' } as const;

const functionList = listOf(departmentFunction, departmentFunctions.length, (name) => name);

export const registerDepartmentInput = z.strictObject({
  id: departmentId,
  name: localText(100),
  level,
  regionCode,
  vertical: z.boolean().exactOptional(),
  systemId: systemId.exactOptional(),
  /** Functions the department claims; each comes into force when enough others declare for it. */
  functions: functionList.exactOptional(),
});
export const updateDepartmentInput = z.strictObject({
  /** Read in old transactions; a name changes by a reorganisation. */
  name: localText(100).exactOptional(),
  level: level.exactOptional(),
  regionCode: regionCode.exactOptional(),
  vertical: z.boolean().exactOptional(),
  systemId: systemId.exactOptional(),
  claim: functionList.exactOptional(),
  /** Drops claims that are not in force; a function in force only moves to a department that gathers the quorum. */
  withdrawClaim: functionList.exactOptional(),
});
export const confirmDepartmentInput = z.strictObject({
  id: departmentId,
  functions: functionList.min(1),
});

export const commands = {
  'department.register': command({
    of: departments,
    creates: true,
    input: registerDepartmentInput,
    output: departmentRecord,
    roles: keepers,
    summary: { zh: '部门登记本部门', en: 'A department registers itself' },
  }),
  'department.update': command({
    of: departments,
    input: updateDepartmentInput,
    output: departmentRecord,
    roles: keepers,
    summary: {
      zh: '更新本部门信息，申报或者放弃职能',
      en: 'A department updates its entry, claims or releases a function',
    },
  }),
  'department.confirm': command({
    of: departments,
    input: confirmDepartmentInput,
    output: departmentRecord,
    roles: keepers,
    summary: {
      zh: '确认另一部门申报的职能',
      en: 'Another department declares for a claimed function',
    },
  }),
} as const;

export const queries = {
  'department.get': query({
    audience: 'members',
    input: z.strictObject({ id: departmentId }),
    output: departmentRecord,
    summary: { zh: '查询部门', en: 'One department' },
  }),
  'department.list': query({
    audience: 'members',
    input: z.strictObject({ ...page }),
    output: pageOf(departmentRecord),
    summary: { zh: '部门列表', en: 'Departments' },
  }),
} as const;
