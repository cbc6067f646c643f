import {
  cardIdOf,
  caseClocks,
  handlingStates,
  missedBefore,
  keyKinds,
  lateActs,
  padded,
  readyParts,
  runningPauses,
  settledParts,
  shanghaiDate,
  yellowFrom,
  type CardRecord,
  type CaseClock,
  type CaseRecord,
  type DepartmentRecord,
  type DutyRecord,
  type OneThingCaseRecord,
  type RecordKind,
} from '@yici/domain/model';
import type { z } from 'zod';
import { workingDaysOf } from './calendar-days.js';
import { conforming } from './conforms.js';
import {
  challengeDue,
  datasetDue,
  datasetVersionDue,
  reviewDue,
  rulingDue,
  shareWaits,
} from './due-others.js';
import { after, dueEntries, nextCard, type Due, type Raised } from './due-row.js';
import { indexKeys } from './keys.js';
import { recountEntries } from './recount-entries.js';
import { keyIndexes } from './row-indexes.js';
import {
  everyView,
  indexersOf,
  keyOnly,
  recordIn,
  type IndexEntry,
  type Surroundings,
} from './index-entry.js';

/**
 * Due entries that depend on other records. An entry exists until the act is done: it is removed when its own record,
 * or one of {@link dueOfOthers}, is written so that nothing remains to do.
 */
export const dueIndexers = indexersOf({
  case: [caseDue, recountEntries],
  oneThingCase: [oneThingDue],
  share: [shareWaits],
  challenge: [challengeDue],
  review: [reviewDue],
  dutyRuling: [rulingDue],
  dataset: [datasetDue],
  datasetVersion: [datasetVersionDue],
});

interface Affected {
  readonly kind: string;
  readonly attributes: readonly string[];
}

type Affects = (value: unknown, around: Surroundings) => readonly Affected[];

/** The records whose due entries depend on a record, by its kind: they are recomputed when it is written. */
export const dueOfOthers: ReadonlyMap<string, Affects> = new Map([
  [keyKinds.calendar.objectType, ofConforming(keyKinds.calendar.schema, ofCalendar)],
  [keyKinds.calendarVersion.objectType, ofConforming(keyKinds.calendarVersion.schema, ofCalendar)],
  [keyKinds.card.objectType, ofConforming(keyKinds.card.schema, ofCard)],
  [keyKinds.case.objectType, ofConforming(keyKinds.case.schema, ofCase)],
  [
    keyKinds.shareGrant.objectType,
    ofConforming(keyKinds.shareGrant.schema, ({ shareId }) => [affected('share', shareId)]),
  ],
]);

/** A malformed record affects nothing. */
function ofConforming<T>(
  schema: z.ZodType<T>,
  affects: (record: T, around: Surroundings) => readonly Affected[],
): Affects {
  const conforms = conforming(schema);
  return (value, around) => {
    const record = conforms(value);
    return record === undefined ? [] : affects(record, around);
  };
}

function ofCalendar(
  { year }: { readonly year: number },
  { countedWith }: Surroundings,
): readonly Affected[] {
  return countedWith(year.toString()).map((caseNo) => affected('case', caseNo));
}

function affected(kind: RecordKind, ...attributes: string[]): Affected {
  return { kind: keyKinds[kind].objectType, attributes };
}

function ofCard(card: CardRecord): readonly Affected[] {
  const { caseNo, shareId, challengeId, rulingId, review, datasetId, datasetVersion } = card;
  if (caseNo !== undefined) return [affected('case', caseNo)];
  if (rulingId !== undefined) return [affected('dutyRuling', rulingId)];
  if (review !== undefined) {
    const { taskCode, version, dutyVersion } = review;
    return [affected('review', taskCode, padded(version), padded(dutyVersion))];
  }
  if (shareId !== undefined) {
    return challengeId === undefined
      ? [affected('share', shareId)]
      : [affected('challenge', shareId, challengeId)];
  }
  if (datasetId === undefined) return [];
  return datasetVersion === undefined
    ? [affected('dataset', datasetId)]
    : [affected('datasetVersion', datasetId, padded(datasetVersion))];
}

function ofCase({ oneThing, rulings = [] }: CaseRecord): readonly Affected[] {
  return [
    ...(oneThing === undefined ? [] : [affected('oneThingCase', oneThing.no)]),
    ...rulings.map(({ rulingId }) => affected('dutyRuling', rulingId)),
  ];
}

/**
 * Everything that becomes due in a case. No card exists before its day, so entries in time need no look-up, except for
 * the card of an on-the-spot item, which may exist on the same day.
 */
export function caseDue(record: CaseRecord, { lookup, until }: Surroundings): IndexEntry[] {
  const raised: Raised<CaseClock> = (clock, colour, from) =>
    (clock.dueAt !== undefined || from <= until) &&
    lookup(keyKinds.card.objectType, record.caseNo, cardIdOf(record.caseNo, { clock, colour })) !==
      undefined;
  const isWorkingDay = workingDaysOf(record.calendars, lookup);
  const all = [...doorDue(record), ...stepsDue(record), ...cardsDue(record, isWorkingDay, raised)];
  return dueEntries(record.caseNo, all);
}

function doorDue({ state, caseNo, replyBy, notices }: CaseRecord): Due[] {
  const input = { caseNo };
  if (state === 'SUBMITTED' || state === 'RECEIVED') {
    return [{ command: 'case.deemAccepted', from: after(replyBy), input }];
  }
  const dueOn = state === 'SUPPLEMENT_NOTIFIED' ? notices.at(-1)?.dueOn : undefined;
  return dueOn === undefined ? [] : [{ command: 'case.deemWithdrawn', from: after(dueOn), input }];
}

function stepsDue({ state, caseNo, steps }: CaseRecord): Due[] {
  const handling: readonly string[] = handlingStates;
  if (!handling.includes(state)) return [];
  return steps.flatMap(({ id, status, lapse, dueOn }): Due[] =>
    status !== 'open' || lapse !== undefined || dueOn === undefined
      ? []
      : [
          {
            command: 'case.lapseStep',
            from: after(dueOn),
            part: id,
            input: { caseNo, stepId: id },
          },
        ],
  );
}

/** The next card of every running clock, and of every limit missed by an act. */
function cardsDue(
  record: CaseRecord,
  isWorkingDay: (date: string) => boolean,
  raised: Raised<CaseClock>,
): Due[] {
  const { caseNo } = record;
  const held = heldUntil(record);
  const running = caseClocks(record).flatMap((clock) => {
    // A ruling may outlast its case and has its own cards; what a sender missed is the sender's.
    if (clock.what === 'ruling' || missedBefore(record, clock) !== undefined) return [];
    // An on-the-spot item with a limit in minutes has no yellow card; anybody waiting may raise the red one, the
    // scheduler does so on the next day.
    const from = clock.dueAt === undefined ? yellowFrom(clock, isWorkingDay) : after(clock.dueOn);
    return cardDue(caseNo, clock, { yellow: from, held: clock.paused ? held : '' }, raised);
  });
  const late = lateActs(record).flatMap(({ clock }) =>
    cardDue(caseNo, clock, { yellow: after(clock.dueOn), held: '' }, raised),
  );
  return [...running, ...late];
}

/** The first day on which no announced special procedure suspends the clocks. */
function heldUntil(record: CaseRecord): string {
  return runningPauses(record).reduce((last, { to }) => (after(to) > last ? after(to) : last), '');
}

function cardDue(
  caseNo: string,
  clock: CaseClock,
  { yellow, held }: { readonly yellow: string; readonly held: string },
  raised: Raised<CaseClock>,
): Due[] {
  const { what, step, dueOn } = clock;
  const due = {
    command: 'card.raise',
    part: `${what}/${step ?? ''}/${dueOn}`,
    input: { caseNo, what, ...(step === undefined ? {} : { step }) },
  } as const;
  // A special procedure ends with its last day, so its own clock never becomes red.
  if (what === 'procedure')
    return raised(clock, 'yellow', yellow) ? [] : [{ ...due, from: yellow }];
  const next = nextCard(clock, yellow, raised, held);
  return next === undefined ? [] : [{ ...due, ...next }];
}

/** Whether the cases of a filed one thing have results that are not yet recorded in its parts: its list, and its due entries. */
export function oneThingDue(record: OneThingCaseRecord, { lookup }: Surroundings): IndexEntry[] {
  const { no, parts, parties, submittedAt, updatedAt } = record;
  const cases = new Map<string, CaseRecord>();
  for (const { id, status, caseNo } of parts) {
    if (status !== 'open' || caseNo === undefined) continue;
    const found = recordIn(lookup, 'case', caseNo);
    if (found !== undefined) cases.set(id, found);
  }
  const settled = settledParts(parts, cases, updatedAt);
  const news = settled.some(({ status }, index) => status !== parts[index]?.status);
  const moves = news || readyParts(settled).length > 0;
  const from = shanghaiDate(updatedAt);
  const due = moves ? [{ command: 'oneThing.advance', from, input: { no } } as const] : [];
  const listed = [everyView, ...parties].map((view) =>
    keyOnly(indexKeys.entry(keyIndexes.moves, view, String(moves), submittedAt, no)),
  );
  return [...listed, ...dueEntries(no, due)];
}

/** A change of a duty that affects more matters than it could mark itself; the remaining ones are marked by later acts. */
export function dutyDue({
  department,
  code,
  version,
  registeredAt,
  linked,
  moved,
}: DutyRecord): IndexEntry[] {
  if (moved !== undefined || linked === undefined || linked.found <= linked.marked) return [];
  return dueEntries(`${department}/${code}`, [
    {
      command: 'matter.markForReview',
      from: shanghaiDate(registeredAt),
      input: { department, code, version },
    },
  ]);
}

/** What a reorganisation takes from a department, or its new name: recorded by acts of their own from its day on. */
export function departureDue({ id, left = [], renames = [] }: DepartmentRecord): IndexEntry[] {
  const days = new Map([...left, ...renames].map(({ reformId, on }) => [reformId, on]));
  const due = [...days].map(([reformId, from]): Due => ({
    ...{ command: 'case.succeed', from, part: reformId, input: { department: id, reformId } },
  }));
  return dueEntries(id, due);
}
