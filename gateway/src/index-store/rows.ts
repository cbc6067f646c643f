import { z } from 'zod';
import { closedStates, type CaseRecord, type MatterRecord } from '@yici/chaincode/model';

/** What the list of cases shows of each: copied into every index entry, so a list is one range scan. */
export const caseRowSchema = z.strictObject({
  caseNo: z.string(),
  taskCode: z.string(),
  matterVersion: z.number().int(),
  matterName: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
  applicant: z.string(),
  owner: z.string(),
  parties: z.array(z.string()),
  state: z.string(),
  nationalNumber: z.number().int(),
  submittedAt: z.string(),
  updatedAt: z.string(),
  /** The day by which whoever has to act next must; null when nobody has to. */
  dueOn: z.string().nullable(),
  flags: z.array(z.string()),
});
export type CaseRow = z.infer<typeof caseRowSchema>;

export const todos = [
  'receive',
  'check',
  'supplement',
  'opinion',
  'decide',
  'complete',
  'deliver',
  'cosign',
  'publish',
] as const;
export type Todo = (typeof todos)[number];

/** One thing that waits for a department. */
export const inboxRowSchema = z.strictObject({
  department: z.string(),
  todo: z.enum(todos),
  caseNo: z.string().nullable(),
  taskCode: z.string(),
  matterVersion: z.number().int(),
  matterName: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
  step: z.string().nullable(),
  due: z.string().nullable(),
  since: z.string(),
  state: z.string(),
});
export type InboxRow = z.infer<typeof inboxRowSchema>;

type Name = CaseRow['matterName'];
type Waiting = Pick<InboxRow, 'department' | 'todo' | 'step' | 'due' | 'since'>;

export function caseRow(record: CaseRecord, matterName: Name): CaseRow {
  return {
    caseNo: record.caseNo,
    taskCode: record.taskCode,
    matterVersion: record.matterVersion,
    matterName,
    applicant: record.applicant,
    owner: record.owner,
    parties: record.parties,
    state: record.state,
    nationalNumber: record.nationalNumber,
    submittedAt: record.submittedAt,
    updatedAt: record.updatedAt,
    dueOn: nextDue(record),
    flags: record.flags.map((flag) => flag.code),
  };
}

/** What a case waits for, and from whom: computed from the record alone. */
export function caseInbox(record: CaseRecord, matterName: Name): InboxRow[] {
  return waitingOf(record).map((waiting) => ({
    ...waiting,
    caseNo: record.caseNo,
    taskCode: record.taskCode,
    matterVersion: record.matterVersion,
    matterName,
    state: record.state,
  }));
}

/** What a matter version on its way to publication waits for. */
export function matterInbox(record: MatterRecord): InboxRow[] {
  const row = (department: string, todo: Todo): InboxRow => ({
    department,
    todo,
    caseNo: null,
    taskCode: record.taskCode,
    matterVersion: record.version,
    matterName: record.content.name,
    step: null,
    due: null,
    since: record.draftedAt,
    state: record.status,
  });
  if (record.status === 'cosigned') return [row(record.owner, 'publish')];
  if (record.status !== 'draft') return [];
  const signed = new Set<string>(record.cosignatures.map((cosignature) => cosignature.as));
  return [
    ...(signed.has('owner') ? [] : [row(record.owner, 'cosign')]),
    ...(signed.has('establishment') ? [] : [row(record.cosigner, 'cosign')]),
  ];
}

function nextDue(record: CaseRecord): string | null {
  const days = waitingOf(record).flatMap((waiting) => waiting.due ?? []);
  return days.sort()[0] ?? null;
}

function waitingOf(record: CaseRecord): Waiting[] {
  if (closedStates.includes(record.state)) return [];
  const owner = (todo: Todo, due: string | undefined): Waiting[] => [
    { department: record.owner, todo, step: null, due: due ?? null, since: record.updatedAt },
  ];
  switch (record.state) {
    case 'SUBMITTED':
      return owner('receive', record.replyBy);
    case 'RECEIVED':
      return owner('check', record.replyBy);
    case 'SUPPLEMENT_NOTIFIED':
      return supplement(record, record.notices.at(-1)?.dueOn);
    case 'DECIDED_GRANTED':
    case 'DECIDED_REFUSED':
      return owner('complete', record.dueOn);
    case 'COMPLETED':
      return owner('deliver', record.deliverBy);
    default:
      return inReview(record);
  }
}

function supplement(record: CaseRecord, due: string | undefined): Waiting[] {
  const since = record.notices.at(-1)?.at ?? record.updatedAt;
  return [
    { department: record.applicant, todo: 'supplement', step: null, due: due ?? null, since },
  ];
}

function inReview(record: CaseRecord): Waiting[] {
  const open = record.steps.filter((step) => step.status === 'open');
  const opinions = open.map((step): Waiting => ({
    department: step.department,
    todo: 'opinion',
    step: step.id,
    due: step.dueOn ?? null,
    since: step.startedAt ?? record.updatedAt,
  }));
  const missing = record.tolerated === undefined ? [] : supplement(record, record.tolerated.dueOn);
  const answered = record.steps.every((step) => step.status === 'answered');
  const decide: Waiting[] = answered
    ? [
        {
          department: record.owner,
          todo: 'decide',
          step: null,
          due: record.dueOn ?? null,
          since: record.updatedAt,
        },
      ]
    : [];
  return [...opinions, ...missing, ...decide];
}
