import {
  cardIdOf,
  caseClocks,
  caseRecord,
  dateOfDay,
  dayNumber,
  handlingStates,
  keyKinds,
  lateActs,
  oneThingCaseRecord,
  readyParts,
  runningPauses,
  settledParts,
  shanghaiDate,
  shareGrantRecord,
  shareRecord,
  yellowFrom,
  type CardRecord,
  type CaseClock,
  type CaseRecord,
  type DutyRecord,
  type OneThingCaseRecord,
  type ShareRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { workingDaysOf } from './calendar-days.js';
import { indexer, type IndexEntry, type Indexer, type RecordLookup } from './index-entry.js';
import { indexKeys } from './keys.js';

/** The index of what time makes due: day, what it is about, command, part. One short range is all that is due on a day. */
export const dueIndex = 'due';

/** What any member may have done once the day has come, as a command of the contract. */
export const dueCommands = [
  'case.deemAccepted',
  'case.deemWithdrawn',
  'case.lapseStep',
  'card.raise',
  'oneThing.advance',
  'matter.markForReview',
  'sharing.end',
  'sharing.purgeExpired',
] as const;
export type DueCommand = (typeof dueCommands)[number];

export const dueRowSchema = z.strictObject({
  command: z.enum(dueCommands),
  /** What it is about: what is due about one thing is done one after the other. */
  about: z.string(),
  /** The command's input as far as the index knows it. */
  input: z.record(z.string(), z.unknown()),
  /** Of a card: its colour is red from this day on and yellow before; a clock without it is never red. */
  redFrom: z.string().nullable(),
});
export type DueRow = z.infer<typeof dueRowSchema>;

interface Due extends Omit<DueRow, 'redFrom' | 'about'> {
  readonly from: string;
  /** Tells it from others of the same command about the same thing. */
  readonly part?: string;
  readonly redFrom?: string;
}

/** The first day that is too late. */
const after = (dueOn: string): string => dateOfDay(dayNumber(dueOn) + 1);

function entriesOf(about: string, all: readonly Due[]): IndexEntry[] {
  return all.map(({ from, command, part = '', input, redFrom = null }) => {
    const row: DueRow = { command, about, input, redFrom };
    const key = indexKeys.entry(dueIndex, from, about, command, part);
    return { key, value: JSON.stringify(row) };
  });
}

/**
 * What becomes due of records whose entries look at another record. An entry is there as long as nobody has done it: it
 * goes when the record that it came from, or one of {@link dueOfOthers}, is written so that nothing is left to do.
 */
export const dueIndexers: ReadonlyMap<string, Indexer> = new Map<string, Indexer>([
  [keyKinds.case.objectType, indexer(caseRecord, caseDue)],
  [keyKinds.oneThingCase.objectType, indexer(oneThingCaseRecord, oneThingDue)],
  [keyKinds.share.objectType, indexer(shareRecord, shareDue)],
]);

/** A record by its kind and key. */
export interface Affected {
  readonly kind: string;
  readonly attributes: readonly string[];
}

/** Whose due entries look at a record, by its kind: they are looked at again when it is written. */
export const dueOfOthers: ReadonlyMap<string, (value: unknown) => Affected | undefined> = new Map([
  [keyKinds.card.objectType, byField(keyKinds.case.objectType, z.object({ caseNo: z.string() }))],
  [
    keyKinds.case.objectType,
    byField(
      keyKinds.oneThingCase.objectType,
      z.object({ oneThing: z.object({ no: z.string() }) }).transform(({ oneThing }) => oneThing),
    ),
  ],
  [
    keyKinds.shareGrant.objectType,
    byField(keyKinds.share.objectType, z.object({ shareId: z.string() })),
  ],
]);

function byField(kind: string, schema: z.ZodType<Readonly<Record<string, string>>>) {
  return (value: unknown): Affected | undefined => {
    const parsed = schema.safeParse(value);
    return parsed.success ? { kind, attributes: Object.values(parsed.data) } : undefined;
  };
}

/**
 * Everything that becomes due in a case. No card is there before its day, so what is in time costs no look-up; the card of an
 * on-the-spot item may be there on the day itself.
 */
export function caseDue(record: CaseRecord, lookup: RecordLookup, until: string): IndexEntry[] {
  const raised: Raised = (clock, colour, from) =>
    (clock.dueAt !== undefined || from <= until) &&
    lookup(keyKinds.card.objectType, record.caseNo, cardIdOf(record.caseNo, { clock, colour })) !==
      undefined;
  const isWorkingDay = workingDaysOf(record.calendars, lookup);
  const all = [...doorDue(record), ...stepsDue(record), ...cardsDue(record, isWorkingDay, raised)];
  return entriesOf(record.caseNo, all);
}

/** Whether the card of a clock, which can be raised from a day on, is there. */
type Raised = (clock: CaseClock, colour: CardRecord['colour'], from: string) => boolean;

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

/** The next card of every clock that runs, and of every limit that an act missed. */
function cardsDue(
  record: CaseRecord,
  isWorkingDay: (date: string) => boolean,
  raised: Raised,
): Due[] {
  const { caseNo } = record;
  const held = heldUntil(record);
  const running = caseClocks(record).flatMap((clock) => {
    // The minutes of an on-the-spot item have no yellow card; whoever waits raises the red one, the scheduler the day after.
    const from = clock.dueAt === undefined ? yellowFrom(clock, isWorkingDay) : after(clock.dueOn);
    return cardDue(caseNo, clock, clock.paused && held > from ? held : from, raised);
  });
  const late = lateActs(record).flatMap(({ clock }) =>
    cardDue(caseNo, clock, after(clock.dueOn), raised),
  );
  return [...running, ...late];
}

/** The first day on which no special procedure that was announced holds the clocks. */
function heldUntil(record: CaseRecord): string {
  return runningPauses(record).reduce((last, { to }) => (after(to) > last ? after(to) : last), '');
}

/** The card of a clock that is still to be raised: the yellow one, after it the red one, then none. */
function cardDue(caseNo: string, clock: CaseClock, yellow: string, raised: Raised): Due[] {
  const { what, step, dueOn } = clock;
  const due = {
    command: 'card.raise',
    part: `${what}/${step ?? ''}/${dueOn}`,
    input: { caseNo, what, ...(step === undefined ? {} : { step }) },
  } as const;
  // A special procedure is over with its last day, so its own clock is never red.
  if (what === 'procedure')
    return raised(clock, 'yellow', yellow) ? [] : [{ ...due, from: yellow }];
  const redFrom = yellow > after(dueOn) ? yellow : after(dueOn);
  if (raised(clock, 'red', redFrom)) return [];
  return [{ ...due, from: raised(clock, 'yellow', yellow) ? redFrom : yellow, redFrom }];
}

/** A filed one thing whose cases have come to something that its parts do not say yet. */
export function oneThingDue(record: OneThingCaseRecord, lookup: RecordLookup): IndexEntry[] {
  const { no, parts, updatedAt } = record;
  const cases = new Map<string, CaseRecord>();
  for (const { id, status, caseNo } of parts) {
    const text = status === 'open' && caseNo !== undefined ? caseText(caseNo, lookup) : undefined;
    const parsed = text === undefined ? undefined : caseRecord.safeParse(JSON.parse(text));
    if (parsed?.success === true) cases.set(id, parsed.data);
  }
  const settled = settledParts(parts, cases, updatedAt);
  const news = settled.some(({ status }, index) => status !== parts[index]?.status);
  if (!news && readyParts(settled).length === 0) return [];
  const from = shanghaiDate(updatedAt);
  return entriesOf(no, [{ command: 'oneThing.advance', from, input: { no } }]);
}

const caseText = (caseNo: string, lookup: RecordLookup) => lookup(keyKinds.case.objectType, caseNo);

/** A change that more matters rest on than it could mark itself: whoever comes to it looks for those that are left. */
export function dutyDue({
  department,
  code,
  version,
  registeredAt,
  linked,
}: DutyRecord): IndexEntry[] {
  if (linked === undefined || linked.found <= linked.marked) return [];
  return entriesOf(`${department}/${code}`, [
    {
      command: 'matter.markForReview',
      from: shanghaiDate(registeredAt),
      input: { department, code, version },
    },
  ]);
}

/** The end of a grant's term (Order 809 art 27), and of the time to dispose of the data. */
export function shareDue(record: ShareRecord, lookup: RecordLookup): IndexEntry[] {
  const { shareId, state, ended } = record;
  if (state === 'ENDED' && ended !== undefined) {
    const from = after(ended.disposeBy);
    return entriesOf(shareId, [{ command: 'sharing.purgeExpired', from, input: { shareId } }]);
  }
  if (state !== 'GRANTED' && state !== 'SUSPENDED') return [];
  const text = lookup(keyKinds.shareGrant.objectType, shareId);
  const grant = shareGrantRecord.safeParse(text === undefined ? undefined : JSON.parse(text));
  const to = grant.data?.terms.period.to;
  if (to === undefined) return [];
  const input = { shareId, reason: 'termOver' };
  return entriesOf(shareId, [{ command: 'sharing.end', from: after(to), input }]);
}
