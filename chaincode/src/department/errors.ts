import type { ContractErrorMeaning } from '../kernel/laws';

/** What the rules about departments refuse. */
export const departmentErrors = {
  FUNCTION_NOT_CLAIMED: {
    zh: '该部门没有申报此职能。',
    en: 'The department does not claim that function.',
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type DepartmentErrors = typeof departmentErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends DepartmentErrors {}
}
