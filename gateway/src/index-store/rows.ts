import type { CaseRow } from '@yici/api';
import {
  caseClocks,
  closedStates,
  handlingStates,
  inspectionStage,
  isToBeArchived,
  pendingTransfer,
  rulingWorkingDays,
  runningPauses,
  standingsOf,
  type Actor,
  type CaseClock,
  type CaseClockKind,
  type CaseRecord,
  type DutyRulingRecord,
  type MatterContent,
  type MatterRecord,
  type ReviewRecord,
  type Todo,
} from '@yici/domain/model';
import { about, matterPart, notBy, type CaseTask, type Task } from './inbox-entry.js';

type Name = CaseRow['matterName'];

/** `waiting` is {@link waitingOf} of the record, if the caller already has it. */
export function caseRow(
  record: CaseRecord,
  matterName: Name,
  waiting: readonly CaseTask[] = waitingOf(record),
): CaseRow {
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
    dueOn: nextDue(waiting),
    flags: record.flags.map((flag) => flag.code),
    bounces: record.bounces ?? 0,
  };
}

/** The version that a case is handled by; 0 and nothing of a case that is not known. */
export interface MatterOfCase {
  readonly matterVersion: number;
  readonly matter: MatterContent | undefined;
}

/** A question of duty that waits for the Establishment Office's opinion, or for the government's decision. */
export function rulingInbox(
  record: DutyRulingRecord,
  { matterVersion, matter }: MatterOfCase,
): Task[] {
  const { status, proposal, office, rulingId, subject } = record;
  if (status === 'decided') return [];
  const step = subject.kind === 'step' ? subject.stepId : null;
  return [
    {
      ...(proposal === undefined
        ? firstAct(record)
        : {
            ...{ department: proposal.decides, todo: 'rule' as const },
            ...{ due: proposal.decideBy, since: proposal.at },
            ...(proposal.decides === office ? notBy(proposal.by) : { roles: ['head' as const] }),
          }),
      caseNo: record.caseNo,
      taskCode: record.caseNo.slice(0, record.caseNo.indexOf('-')),
      ...{ matterVersion, ...matterPart(matter, step), step },
      ...{ about: about('duty-rulings', rulingId), limitDays: rulingWorkingDays },
      state: status,
    },
  ];
}

/** In a dispute of its own the Establishment Office proposes nothing: the government decides at once. */
function firstAct({ office, ownCause, dueOn, openedAt }: DutyRulingRecord) {
  const todo: Todo = ownCause === true ? 'rule' : 'proposeRuling';
  return { department: office, todo, due: dueOn, since: openedAt, roles: ['head' as const] };
}

/** The open tasks of a matter version before publication. */
export function matterInbox(record: MatterRecord): Task[] {
  const row = (department: string, todo: Todo): Task => ({
    department,
    todo,
    taskCode: record.taskCode,
    matterVersion: record.version,
    matterName: record.content.name,
    since: record.draftedAt,
    state: record.status,
    about: about('matters', record.taskCode),
    ...(todo === 'cosign' ? notBy(record.draftedBy) : {}),
  });
  if (record.status === 'cosigned') {
    return [row(record.owner, needsConsultation(record) ? 'consult' : 'publish')];
  }
  if (record.status !== 'draft') return [];
  const signed = new Set<string>(record.cosignatures.map((cosignature) => cosignature.as));
  return [
    ...(signed.has('owner') ? [] : [row(record.owner, 'cosign')]),
    ...(signed.has('establishment') ? [] : [row(record.cosigner, 'cosign')]),
  ];
}

/** A list for the public is consulted on before it is published. */
const needsConsultation = ({ content, consultation }: MatterRecord): boolean =>
  consultation === undefined && standingsOf(content).onceReform === 'applies';

/** The missing signatures of an open review of a matter. */
export function reviewInbox(record: ReviewRecord, matterName: Name): Task[] {
  if (record.status !== 'open') return [];
  const sides = [
    ['owner', record.owner],
    ['establishment', record.cosigner],
  ] as const;
  return sides
    .filter(([side]) => record.signatures.every((signature) => signature.as !== side))
    .map(([, department]) => ({
      department,
      todo: 'review',
      taskCode: record.taskCode,
      matterVersion: record.version,
      matterName,
      due: record.dueOn,
      since: record.openedAt,
      state: 'NEEDS_REVIEW',
      about: about('matters', record.taskCode),
      limitDays: record.limitDays,
      ...notBy(record.changedBy),
    }));
}

function nextDue(waiting: readonly CaseTask[]): string | null {
  let first: string | null = null;
  for (const { due } of waiting) if (due !== null && (first === null || due < first)) first = due;
  return first;
}

/** The open tasks of a case: those of its running clocks, and those without a clock. */
export function waitingOf(record: CaseRecord): CaseTask[] {
  const timed = caseClocks(record).flatMap((clock): CaseTask[] => {
    const todo = todoOf(clock, record);
    if (todo === undefined) return [];
    const { department, step = null, dueOn: due } = clock;
    return [
      { department, todo, step, due, since: sinceOf(clock, record), ...limitOf(clock, record) },
    ];
  });
  return [
    ...timed,
    ...returned(record),
    ...untimed(record),
    ...watched(record),
    ...unsigned(record),
    ...archiving(record),
  ];
}

/** What the light of a line depends on, who of the department cannot do it, and until when it can be done. */
function limitOf(
  clock: CaseClock,
  record: CaseRecord,
): Pick<CaseTask, 'limitDays' | 'dueAt' | 'notBy' | 'until'> {
  const { limitDays, dueAt, paused, dueOn } = clock;
  return {
    ...(paused ? {} : { limitDays }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...notBy(makers[clock.what]?.(record, clock)),
    // What is brought later is not taken any more: what was accepted without it is its owner's to revoke.
    ...(clock.what === 'tolerated' || clock.what === 'supplement' ? { until: dueOn } : {}),
  };
}

/** Who made what the act of a clock is to check; what silence accepted nobody did. */
const makers: Partial<
  Record<CaseClockKind, (record: CaseRecord, clock: CaseClock) => Actor | undefined>
> = {
  finish: ({ acceptance, decision }) =>
    acceptance?.how === 'deemed' || decision !== undefined ? undefined : acceptance?.by,
  inspect: ({ decision }) => decision?.by,
  correct: ({ decision }) => decision?.by,
  // An owner that registers the government's decision had the meeting recorded by another official.
  disagreement: ({ owner, steps }, { department, step }) =>
    department === owner
      ? steps.find(({ id }) => id === step)?.disagreement?.meeting?.by
      : undefined,
};

type TodoOf = (record: CaseRecord, clock: CaseClock) => Todo | undefined;

const clockTodos: Readonly<Record<CaseClockKind, Todo | TodoOf | undefined>> = {
  reply: ({ state }) => (state === 'SUBMITTED' ? 'receive' : 'check'),
  supplement: 'supplement',
  tolerated: 'supplement',
  // A step that was put to an organ above waits for that answer: see `above`.
  opinion: ({ steps }, { step }) =>
    steps.some(({ id, forwarded }) => id === step && forwarded !== undefined)
      ? undefined
      : 'opinion',
  above: 'answerForwarded',
  disagreement: 'settleDisagreement',
  finish: finishingOf,
  statutory: undefined,
  procedure: 'endProcedure',
  deliver: ({ state }) => (state === 'COMPLETED' ? 'deliver' : undefined),
  inspect: 'inspect',
  correct: 'correct',
  transfer: 'answerTransfer',
  // Its own record has this task and may outlast the case: see rulingInbox.
  ruling: undefined,
};

function todoOf(clock: CaseClock, record: CaseRecord): Todo | undefined {
  const todo = clockTodos[clock.what];
  return typeof todo === 'function' ? todo(record, clock) : todo;
}

/** Once no other task is open, a case waits for the decision, then for its result. */
function finishingOf(record: CaseRecord): Todo | undefined {
  const handling: readonly string[] = handlingStates;
  if (!handling.includes(record.state)) return 'complete';
  return isSettled(record) ? 'decide' : undefined;
}

/** Every opinion is there and nothing stops the clock: it can be decided. */
const isSettled = (record: CaseRecord): boolean =>
  record.steps.every(({ status }) => status === 'answered' || status === 'passed') &&
  runningPauses(record).length === 0;

/** The decision that another department gives beside an owner that applied at itself. */
function coDeciding(record: CaseRecord): CaseTask[] {
  const { coDecider, coDecision, dueOn = null, updatedAt: since } = record;
  if (coDecider === undefined || coDecision !== undefined || !isSettled(record)) return [];
  return [{ department: coDecider, todo: 'coDecide', step: null, due: dueOn, since }];
}

type StartOf = (record: CaseRecord, clock: CaseClock) => string | undefined;

/** The start of each task; default: the newest act. */
const starts: Partial<Record<CaseClockKind, StartOf>> = {
  transfer: ({ handovers }, { step }) =>
    handovers?.find(
      ({ status, subject }) =>
        status === 'offered' && (subject.kind === 'step' ? subject.stepId : undefined) === step,
    )?.offeredAt,
  opinion: ({ steps }, { step }) => steps.find(({ id }) => id === step)?.startedAt,
  disagreement: ({ steps }, { step }) => steps.find(({ id }) => id === step)?.disagreement?.since,
  above: ({ steps }, { step }) => steps.find(({ id }) => id === step)?.forwarded?.at,
  procedure: ({ pauses }, { step }) => pauses?.find(({ no }) => no === Number(step))?.startedAt,
  supplement: ({ notices }) => notices.at(-1)?.at,
  tolerated: ({ acceptance }) => acceptance?.at,
  inspect: ({ decision }) => decision?.at,
  correct: ({ inspections }) => inspections?.at(-1)?.at,
};

function sinceOf(clock: CaseClock, record: CaseRecord): string {
  return starts[clock.what]?.(record, clock) ?? record.updatedAt;
}

/** Steps whose file was returned to the owner; the departments keep their own tasks, since their clocks run on. */
function returned({ owner, steps }: CaseRecord): CaseTask[] {
  return steps.flatMap(({ id, status, returned: back, dueOn = null }): CaseTask[] =>
    status !== 'open' || back === undefined || back.resent !== undefined
      ? []
      : [{ department: owner, todo: 'resend', step: id, due: dueOn, since: back.at }],
  );
}

/** Special procedures beyond the guide, which the supervision office sees while they run. */
function watched(record: CaseRecord): CaseTask[] {
  const handling: readonly string[] = handlingStates;
  if (!handling.includes(record.state)) return [];
  return runningPauses(record).flatMap(({ no, watchedBy, to, startedAt }): CaseTask[] =>
    watchedBy === undefined
      ? []
      : [
          {
            ...{ department: watchedBy, todo: 'watchProcedure', step: no.toString() },
            ...{ due: to, since: startedAt },
          },
        ],
  );
}

/** A delivery that the applicant has not signed for, unless the owner recorded that it would not. */
function unsigned({ state, applicant, delivery, deliveredAt, updatedAt }: CaseRecord): CaseTask[] {
  if (state !== 'DELIVERED' && state !== 'ARCHIVED') return [];
  if (delivery === undefined || (delivery.signed ?? delivery.served) !== undefined) return [];
  const since = deliveredAt ?? updatedAt;
  const by = notBy(delivery.by);
  return [{ department: applicant, todo: 'acknowledge', step: null, due: null, since, ...by }];
}

/** A closed case waits for its archiving, however it ended; a transfer waits for the archive. */
function archiving(record: CaseRecord): CaseTask[] {
  if (!closedStates.includes(record.state)) return [];
  const { owner, updatedAt } = record;
  const transfer = pendingTransfer(record);
  const task = (department: string, todo: Todo, since: string): CaseTask => ({
    ...{ department, todo, since, step: null, due: null },
  });
  return [
    ...(isToBeArchived(record) ? [task(owner, 'archive', updatedAt)] : []),
    ...(transfer
      ? [{ ...task(transfer.to, 'receiveArchive', transfer.at), ...notBy(transfer.by) }]
      : []),
  ];
}

/** An extension without its second signature; it is of the statutory limit. */
function unapproved({ owner, extension, statutoryDueOn, dueOn }: CaseRecord): CaseTask[] {
  if (extension === undefined || extension.approval !== undefined) return [];
  const due = statutoryDueOn ?? dueOn ?? null;
  const since = extension.requestedAt;
  const by = notBy(extension.requestedBy);
  return [{ department: owner, todo: 'approveExtension', step: null, due, since, ...by }];
}

/**
 * A decision beside the owner's, an extension without its second signature, and a decision to be revoked after a failed
 * inspection, unless it was decided that it is not.
 */
function untimed(record: CaseRecord): CaseTask[] {
  const { owner: department, inspections, revocation, kept = [] } = record;
  const handling: readonly string[] = handlingStates;
  if (handling.includes(record.state)) return [...coDeciding(record), ...unapproved(record)];
  if (revocation !== undefined || inspectionStage(record) !== 'failed') return [];
  if (kept.some(({ reason }) => reason.code === 'commitmentBroken')) return [];
  const since = inspections?.at(-1)?.at ?? record.updatedAt;
  const by = notBy(record.decision?.by);
  return [{ department, todo: 'revokeDecision', step: null, due: null, since, ...by }];
}
