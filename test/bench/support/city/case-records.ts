import {
  chainStart,
  type Actor,
  type CaseEventRecord,
  type CaseRecord,
  type CaseState,
} from '@yici/domain/model';
import { digestOf, hexOf } from './random.js';

/** What a case of the synthetic city is made of. */
export interface CaseFacts {
  readonly caseNo: string;
  readonly task: Task;
  readonly applicant: string;
  readonly state: CaseState;
  /** Its submission. */
  readonly at: Date;
}

/** A matter, as far as cases know it. */
export interface Task {
  readonly taskCode: string;
  readonly owner: string;
  readonly participants: readonly string[];
}

export const dayOf = (at: Date, later = 0): string =>
  new Date(at.getTime() + later * 86_400_000).toISOString().slice(0, 10);

export const instant = (at: Date, later = 0): string =>
  new Date(at.getTime() + later * 86_400_000).toISOString();

export const clerkOf = (department: string): Actor => ({
  department,
  role: 'clerk',
  user: `${department}.clerk1`,
});

const unaccepted: readonly CaseState[] = ['SUBMITTED', 'RECEIVED', 'NOT_ACCEPTED', 'WITHDRAWN'];
const decidedStates: readonly CaseState[] = [
  'DECIDED_GRANTED',
  'COMPLETED',
  'DELIVERED',
  'ARCHIVED',
];

/** A case as its newest act left it, of the size that cases have. */
export function caseOf({ caseNo, task, applicant, state, at }: CaseFacts): CaseRecord {
  const { taskCode, owner, participants } = task;
  const by = clerkOf(owner);
  return {
    kind: 'case',
    v: 1,
    caseNo,
    taskCode,
    matterVersion: 1,
    matterDigest: hexOf(taskCode),
    applicant,
    owner,
    state,
    parties: [...new Set([applicant, owner, ...participants])].sort(),
    nationalNumber: 8,
    form: digestOf(`${caseNo} form`),
    materials: ['application', 'rentalQuote'].map((code) => ({
      code,
      evidence: { kind: 'document', document: digestOf(`${caseNo} ${code}`) },
      by: applicant,
      at: instant(at),
    })),
    notices: [],
    flags: [],
    steps: stepsOf(task, state, at),
    calendars: [{ year: at.getUTCFullYear(), version: 1 }],
    submittedAt: instant(at),
    submittedBy: clerkOf(applicant),
    clockFrom: dayOf(at),
    replyBy: dayOf(at, 7),
    firstAsked: by,
    receivedAt: instant(at, 1),
    ...(unaccepted.includes(state) ? {} : accepted(by, at)),
    ...(decidedStates.includes(state) ? decided(caseNo, by, at) : {}),
    ...(state === 'DELIVERED' || state === 'ARCHIVED' ? { deliveredAt: instant(at, 13) } : {}),
    updatedAt: instant(at, 13),
    head: hexOf(`${caseNo} head`),
    nextSeq: 1,
  };
}

function accepted(by: Actor, at: Date): Partial<CaseRecord> {
  return {
    acceptance: { how: 'accepted', by, at: instant(at, 2), on: dayOf(at, 2) },
    limits: { promised: 10 },
    dueOn: dayOf(at, 16),
    statutoryDueOn: dayOf(at, 30),
  };
}

function decided(caseNo: string, by: Actor, at: Date): Partial<CaseRecord> {
  return {
    decision: {
      outcome: 'granted',
      document: digestOf(`${caseNo} decision`),
      by,
      at: instant(at, 10),
    },
    deliverBy: dayOf(at, 24),
  };
}

function stepsOf({ participants }: Task, state: CaseState, at: Date): CaseRecord['steps'] {
  return participants.map((department, index) => {
    const step = {
      id: `opinion${index}`,
      department,
      after: [],
      limit: { value: 5, unit: 'workingDay' as const },
      startedAt: instant(at, 2),
      dueOn: dayOf(at, 9),
    };
    return state === 'IN_REVIEW'
      ? { ...step, status: 'open' }
      : { ...step, status: 'answered', answeredAt: instant(at, 5), answer: 'agree', late: false };
  });
}

/** The first link of a case's chain. */
export function submissionOf(record: CaseRecord, txId: string): CaseEventRecord {
  const { caseNo, submittedAt: at, submittedBy, form, materials, matterVersion } = record;
  return {
    kind: 'caseEvent',
    v: 1,
    caseNo,
    seq: 0,
    type: 'case.submit',
    prev: chainStart,
    at,
    txId,
    by: { ...submittedBy, department: record.applicant },
    state: 'SUBMITTED',
    data: {
      taskCode: record.taskCode,
      matterVersion,
      form,
      materials: materials.map(({ code, evidence }) => ({ code, evidence })),
    },
  };
}
