import type { ContractErrorMeaning } from '../kernel/laws';
import { staffing } from '../kernel/laws';

/** What the rules about who is responsible, and who stands in for whom, refuse. */
export const responsibilityErrors = {
  DUTY_NOT_IN_FORCE: {
    zh: '职责条目尚未生效，不得引用。',
    en: 'The duty clause is not in force yet and cannot be cited.',
    article: `${staffing} art 10`,
  },
  TRANSFER_INVALID: {
    zh: '不得移交给本部门或者申请部门。',
    en: 'Nothing is handed over to oneself or to the applicant.',
    article: `${staffing} art 10`,
  },
  TRANSFER_PENDING: {
    zh: '已有移交等待接收，接收前仍由移交部门负责。',
    en: 'An offer waits for its receiver; until it is accepted the sender stays responsible.',
    article: `${staffing} art 10`,
  },
  TRANSFER_NOT_OFFERED: {
    zh: '没有待接收的移交。',
    en: 'There is no hand-over that waits for an answer.',
    article: `${staffing} art 10`,
  },
  TRANSFER_REQUIRED: {
    zh: '不属于本部门职责的，应当引用条款移交，不得退件。',
    en: 'What is not one’s duty is handed over by a clause, not returned.',
    article: `${staffing} art 10`,
  },
  DUTY_RULING_OPEN: {
    zh: '职责裁定尚未作出，不得再行移交。',
    en: 'A duty ruling is open; nothing is handed over meanwhile.',
    article: `${staffing} art 10`,
  },
  DUTY_RULED: {
    zh: '职责已经裁定，不得再行移交。',
    en: 'The duty has been ruled on and is not handed over again.',
    article: `${staffing} art 10`,
  },
  ALREADY_RETURNED: {
    zh: '该环节已经退件一次。',
    en: 'The step has been returned once already.',
  },
  STEP_NOT_RETURNED: {
    zh: '该环节没有退件，无须重新送办。',
    en: 'The step has not been returned, or is sent again already.',
  },
  DELEGATION_INVALID: {
    zh: '代岗委托有误：不得委托本人，代岗人不得转委托。',
    en: 'A delegation is neither to oneself nor passed on by the delegate.',
  },
  DELEGATION_NOT_VALID: {
    zh: '没有有效的代岗委托。',
    en: 'There is no delegation that lets this official act now.',
  },
} as const satisfies Record<string, ContractErrorMeaning>;

type ResponsibilityErrors = typeof responsibilityErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends ResponsibilityErrors {}
}
