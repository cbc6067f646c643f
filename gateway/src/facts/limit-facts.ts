import {
  handlingStates,
  shanghaiDate,
  type CaseRecord,
  type CaseState,
  type DepartmentRecord,
  type EndedClock,
} from '@yici/domain/model';
import { aboutCase, dayOf, fact, yes, type PlacedFact } from './fact.js';
import { isGrassRoots, isUpward } from './levels.js';

/** One handling of a case under one promised limit. */
interface Handling {
  readonly day: string;
  /** Who missed the limit, or who had the case at the end. */
  readonly department: string;
  readonly kept: boolean;
  /** What ended it: a completion, another end of the case, or nothing yet. */
  readonly how: string;
}

/**
 * Whether the promised limit was kept: by every handling that has ended, whatever ended it, and by one that goes on once the
 * limit has passed. What a department missed before it handed the case over stays its own.
 */
export function limitFacts(
  record: CaseRecord,
  { department }: { readonly department: (id: string) => DepartmentRecord | undefined },
): PlacedFact[] {
  const { owner, taskCode, applicant } = record;
  const known = handlings(record);
  if (known.length === 0) return [];
  const from = department(applicant);
  const upward = isUpward(from, department(owner));
  return known.map(({ day, kept, how, department: who }, no) =>
    fact('limit', {
      ...aboutCase(record),
      part: String(no),
      day,
      open: how === goesOn,
      labels: { department: who, matter: taskCode, applicant, how },
      numbers: {
        due: 1,
        kept: yes(kept),
        overdueOpen: yes(how === goesOn),
        upwardKept: upward ? yes(kept) : undefined,
        grassRootsKept: from !== undefined && isGrassRoots(from) ? yes(kept) : undefined,
      },
    }),
  );
}

const goesOn = 'open';

/** The handlings that a reopening set aside, oldest first, and the newest. Each counts from a day of its own. */
function handlings(record: CaseRecord): Handling[] {
  const ends = new Map<string, EndedClock[]>();
  for (const clock of record.endedClocks ?? []) {
    if (clock.what !== 'finish') continue;
    ends.set(clock.startedOn, [...(ends.get(clock.startedOn) ?? []), clock]);
  }
  const newest = record.acceptance?.on ?? '';
  const earlier = [...ends]
    .filter(([startedOn]) => startedOn !== newest)
    .flatMap(([, clocks]) => judged(clocks, 'reopened'));
  const last = ends.get(newest) ?? [];
  return [...earlier, ...(isRunning(record) ? running(record, last) : ended(record, last))];
}

/** A hand-over ends the sender's clock too: only what it had missed by then is judged, else how the last holder ended. */
function judged(clocks: readonly EndedClock[], how: string): Handling[] {
  const last = clocks.at(-1);
  if (last === undefined) return [];
  const { department, late } = clocks.find((clock) => clock.late) ?? last;
  return [{ day: shanghaiDate(last.endedAt), department, kept: !late, how }];
}

const unfinished: readonly CaseState[] = [...handlingStates, 'DECIDED_GRANTED', 'DECIDED_REFUSED'];
const isRunning = ({ state }: CaseRecord): boolean => unfinished.includes(state);

function running({ dueOn, owner }: CaseRecord, before: readonly EndedClock[]): Handling[] {
  const missed = before.find(({ late }) => late);
  const day = missed?.dueOn ?? dueOn;
  if (day === undefined) return [];
  return [{ day, department: missed?.department ?? owner, kept: false, how: goesOn }];
}

/** Cases from before ended clocks were kept are judged by their completion; of other ends they do not tell the day. */
function ended(record: CaseRecord, clocks: readonly EndedClock[]): Handling[] {
  const { completedAt, dueOn, owner, state } = record;
  if (clocks.length > 0) return judged(clocks, completedAt === undefined ? state : 'completed');
  const day = dayOf(completedAt);
  if (completedAt === undefined || day === undefined || dueOn === undefined) return [];
  return [{ day, department: owner, kept: isInTime(record, completedAt), how: 'completed' }];
}

/** Compared by the last day; for an on-the-spot item by the instant. */
function isInTime({ dueOn = '', dueAt }: CaseRecord, completedAt: string): boolean {
  return dueAt === undefined ? shanghaiDate(completedAt) <= dueOn : completedAt <= dueAt;
}
