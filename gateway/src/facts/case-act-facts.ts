import { closedStates, shanghaiDate, wholeArchive, type CaseRecord } from '@yici/domain/model';
import { aboutCase, fact, yes, type FactOf, type PlacedFact } from './fact.js';

/**
 * Every way in which a department said "not mine": it declined a hand-over, handed on what it had accepted, or refused at
 * the door as not competent. Whether it was right is for the decision to say.
 */
export function disowned(record: CaseRecord): PlacedFact[] {
  const { owner, refusal, refusalAct, handovers = [], applicant } = record;
  const said = handovers.flatMap((handover): Saying[] => {
    const { status, subject, from, to, offeredAt, answeredAt } = handover;
    const step = subject.kind === 'step' ? subject.stepId : undefined;
    const onward = handovers.some(
      (other) =>
        other.status === 'accepted' &&
        other.to === from &&
        other.answeredAt !== undefined &&
        other.answeredAt <= offeredAt &&
        stepOf(other) === step,
    );
    return [
      ...(onward ? [{ kind: 'handedOn', department: from, step, at: offeredAt } as const] : []),
      ...(status === 'declined' && answeredAt !== undefined
        ? [{ kind: 'declined', department: to, from, step, at: answeredAt } as const]
        : []),
    ];
  });
  // Refusals from before they had an act of their own did not count.
  if (refusal?.code === 'notCompetent' && refusalAct !== undefined) {
    said.push({ kind: 'atTheDoor', department: owner, from: applicant, at: refusalAct.at });
  }
  return said.map(({ kind, department, from, step, at }, no) =>
    fact('bounce', {
      ...aboutCase(record),
      part: String(no),
      day: shanghaiDate(at),
      labels: {
        ...{ department, matter: record.taskCode, from, kind },
        step: step === undefined ? undefined : `${record.taskCode}/${step}`,
      },
      numbers: { bounces: 1 },
    }),
  );
}

interface Saying {
  readonly kind: 'declined' | 'handedOn' | 'atTheDoor';
  readonly department: string;
  /** Who had come to it. */
  readonly from?: string;
  readonly step?: string | undefined;
  readonly at: string;
}

type Handover = NonNullable<CaseRecord['handovers']>[number];
const stepOf = ({ subject }: Handover): string | undefined =>
  subject.kind === 'step' ? subject.stepId : undefined;

/** The working days on which special procedures held the clock. */
export function stopped(record: CaseRecord): PlacedFact[] {
  const { stoppedDays, pauses = [], owner: department, taskCode: matter } = record;
  const newest = pauses.at(-1);
  if (stoppedDays === undefined || newest === undefined) return [];
  return [
    fact('stopped', {
      ...aboutCase(record),
      day: shanghaiDate(newest.startedAt),
      labels: { department, matter },
      numbers: { days: stoppedDays },
    }),
  ];
}

/** The notices after the first, by the ground on which each rests. */
export function secondNotices(record: CaseRecord): PlacedFact[] {
  const { notices, owner, taskCode: matter } = record;
  return notices.slice(1).map(({ at, by, newFact }, no) =>
    fact('secondNotice', {
      ...aboutCase(record),
      part: String(no),
      day: shanghaiDate(at),
      labels: { department: by?.department ?? owner, matter, reason: newFact?.ground },
      numbers: { notices: 1 },
    }),
  );
}

/** The end of a case that was withdrawn; the acts after it, such as its archiving, do not move it. */
export function withdrawal(record: CaseRecord): PlacedFact[] {
  const { state, flags, endedClocks = [], owner: department, taskCode: matter } = record;
  if (state !== 'WITHDRAWN' && state !== 'DEEMED_WITHDRAWN') return [];
  return [
    fact('withdrawal', {
      ...aboutCase(record),
      day: shanghaiDate(endedClocks.at(-1)?.endedAt ?? record.updatedAt),
      labels: { department, matter, how: state },
      numbers: {
        withdrawals: 1,
        afterLimit: yes(flags.some(({ code }) => code === 'withdrawnAfterLimit')),
      },
    }),
  ];
}

/** A closed case, whether all of it is archived, and whether the archive has received it. */
export function closed(record: CaseRecord): PlacedFact[] {
  const { state, updatedAt, archive, owner: department, taskCode: matter } = record;
  if (!closedStates.includes(state)) return [];
  return [
    fact('closed', {
      ...aboutCase(record),
      day: archive?.formedOn ?? shanghaiDate(archive?.at ?? updatedAt),
      labels: { department, matter, how: state },
      numbers: {
        closed: 1,
        archived: yes(wholeArchive(record) !== undefined),
        received: yes(wholeArchive(record)?.transfer?.receipt?.received === true),
      },
    }),
  ];
}

/** What was refused, with the ground of each: at the door, in a decision, or by the revocation of an acceptance. */
export function denials(record: CaseRecord): PlacedFact[] {
  const { refusal, refusalAct, updatedAt, revocation, reopenings = [] } = record;
  const decisions = [...reopenings.map(({ decision }) => decision), record.decision];
  const found = [
    ...(refusal === undefined
      ? []
      : [denial('atTheDoor', refusal.code, refusalAct?.at ?? updatedAt)]),
    ...decisions.flatMap((decision) =>
      decision?.outcome === 'refused'
        ? [denial('decision', decision.reason?.code, decision.at)]
        : [],
    ),
    ...(revocation?.of === 'acceptance'
      ? [denial('revocation', revocation.reason.code, revocation.at)]
      : []),
  ];
  const { owner: department, taskCode: matter, applicant } = record;
  // A reopened case keeps its former decision until there is another.
  const each = new Map(found.map((one) => [`${one.kind} ${one.at}`, one]));
  return [...each.values()].map(({ kind, reason, at }, no) =>
    fact('denial', {
      ...aboutCase(record),
      part: String(no),
      day: shanghaiDate(at),
      labels: { department, matter, applicant, kind, reason },
      numbers: { denials: 1 },
    }),
  );
}

const denial = (
  kind: 'atTheDoor' | 'decision' | 'revocation',
  reason: string | undefined,
  at: string,
) => ({ kind, reason, at });

/** The exceptional procedures of a case, each signed by two people. */
export function exceptions(record: CaseRecord): PlacedFact[] {
  const { owner: department, taskCode: matter, reopenings = [] } = record;
  const extensions = [...reopenings.map(({ extension }) => extension), record.extension];
  const prolonged = extensions.flatMap((extension, no) =>
    extension?.approval === undefined
      ? []
      : [
          fact('exception', {
            ...aboutCase(record),
            part: `extension-${String(no)}`,
            day: shanghaiDate(extension.approval.at),
            labels: { department, matter, kind: 'extension', reason: extension.reasonCode },
            numbers: {
              ...signedBy(extension.requestedBy.user, extension.approval.by.user),
              extensions: 1,
            },
          }),
        ],
  );
  const passed = record.steps.flatMap(({ id, passing, lapse }) =>
    passing === undefined
      ? []
      : [
          fact('exception', {
            ...aboutCase(record),
            part: `passed-${id}`,
            day: shanghaiDate(passing.at),
            labels: { department, matter, kind: 'passedOver', reason: 'lapse' },
            numbers: signedBy(lapse?.by.user, passing.by.user),
          }),
        ],
  );
  return [...prolonged, ...passed];
}

export const signedBy = (
  first: string | undefined,
  second: string,
): FactOf<'exception'>['numbers'] => ({
  exceptions: 1,
  twoSigners: yes(first !== undefined && first !== second),
});
