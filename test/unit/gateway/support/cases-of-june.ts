import type { CaseRecord, DepartmentRecord } from '@yici/domain/model';
import { caseFacts } from '@yici/gateway/testing';
import {
  by,
  content,
  days,
  decided,
  department,
  digest,
  filedCase,
  head,
  held,
  on,
  step,
} from './history.js';

export const voucher = {
  ...{ number: 'N-1', date: '2026-06-03', document: digest },
  seal: { system: 'paper' as const, evidence: digest },
};
const clause = { department: 'finance', code: 'F-1', version: 1 };
export const declined = (from: string, to: string, day: string) => ({
  subject: { kind: 'case' as const },
  ...{ from, to, clause, offeredBy: by, offeredAt: on(day), answerBy: day },
  ...{ status: 'declined' as const, answeredBy: by, answeredAt: on(day) },
});

/** A clock of the promised limit that has ended. */
export const finishClock = (department: string, day: string, late: boolean) => ({
  ...{ what: 'finish' as const, department, startedOn: '2026-06-02', dueOn: '2026-06-04' },
  ...{ limitDays: 2, endedAt: on(day), late },
});

/** Granted in three days: two steps side by side, what could be shared was. */
export const smooth = filedCase('0001', '2026-06-01', 'DELIVERED', {
  steps: [
    step('finance', {
      startedAt: on('2026-06-01'),
      dueOn: '2026-06-04',
      answeredAt: on('2026-06-02'),
    }),
    step('establishment', {
      ...{ startedAt: on('2026-06-01'), dueOn: '2026-06-02', answeredAt: on('2026-06-03') },
    }),
  ],
  decision: decided('2026-06-04'),
  completedAt: on('2026-06-04'),
  deliveryForm: 'web',
  dueOn: '2026-06-10',
});
/** A notice, three days of a hearing, headcount on a document, twice thrown back, a day late. */
export const rough = filedCase('0002', '2026-06-01', 'COMPLETED', {
  materials: [held('application'), held('headcount')],
  notices: [{ items: [], at: on('2026-06-01'), limit: days(5), dueOn: '2026-06-08' }],
  pauses: [
    {
      ...{ no: 1, procedure: 'hearing', law: '行政许可法', clause: '第四十六条', limit: days(3) },
      ...{ notice: digest, startedBy: by, startedAt: on('2026-06-02') },
      ...{ from: '2026-06-02', to: '2026-06-05', plannedTo: '2026-06-05' },
    },
  ],
  steps: [
    step('finance', {
      startedAt: on('2026-06-02'),
      dueOn: '2026-06-10',
      answeredAt: on('2026-06-08'),
    }),
  ],
  handovers: [
    declined('offices', 'finance', '2026-06-03'),
    declined('offices', 'data', '2026-06-04'),
  ],
  bounces: 2,
  extension: {
    ...{ limit: days(2), reasonCode: 'siteSurvey', grounds: digest },
    ...{ requestedBy: by, requestedAt: on('2026-06-08') },
    approval: { by: head, at: on('2026-06-09'), notice: digest },
  },
  decision: decided('2026-06-12'),
  completedAt: on('2026-06-12'),
  dueOn: '2026-06-11',
});
/** A village's case that nobody finished: its limit ran out. */
export const forgotten = filedCase('0003', '2026-06-01', 'IN_REVIEW', {
  applicant: 'village',
  parties: ['offices', 'village'],
  acceptance: { how: 'deemed', by, at: on('2026-06-09'), on: '2026-06-01' },
  steps: [
    step('establishment', {
      ...{ status: 'open', startedAt: on('2026-06-01'), dueOn: '2026-06-04' },
      lapse: { kind: 'escalate', by, at: on('2026-06-05') },
    }),
  ],
  dueOn: '2026-06-05',
});
export const withinLimit = filedCase('0004', '2026-06-20', 'IN_REVIEW', { dueOn: '2026-06-30' });
export const withdrawn = filedCase('0005', '2026-06-02', 'WITHDRAWN', { dueOn: '2026-06-04' });
/** Completed in May on its last day, by consent out of silence, handed out at a window; corrected since. */
export const atWindow = filedCase('0006', '2026-05-20', 'DELIVERED', {
  steps: [
    step('finance', {
      ...{ startedAt: on('2026-05-20'), dueOn: '2026-05-25', answeredAt: on('2026-05-27') },
      lapse: { kind: 'defaultAgree', policyDocument: '文件', by, at: on('2026-05-27') },
    }),
  ],
  decision: decided('2026-05-30'),
  completedAt: on('2026-05-30'),
  deliveryForm: 'window',
  dueOn: '2026-05-30',
  flags: [{ code: 'correction', seq: 9 }],
});
/** Granted in time; the decision was revoked. */
const revoked = filedCase('0007', '2026-06-03', 'DECISION_REVOKED', {
  decision: decided('2026-06-06'),
  completedAt: on('2026-06-06'),
  dueOn: '2026-06-08',
});
export const history = [smooth, rough, forgotten, withinLimit, withdrawn, atWindow, revoked];

const registry: Readonly<Record<string, DepartmentRecord>> = {
  data: department('data', { systemId: 'data-platform' }),
  offices: department('offices', { systemId: 'offices-oa' }),
  finance: department('finance'),
  establishment: department('establishment'),
  village: department('village', { level: 'village', regionCode: '331121105201' }),
};

export const factsOf = (record: CaseRecord, matter = content()) =>
  caseFacts(record, { matter, department: (id) => registry[id] });
