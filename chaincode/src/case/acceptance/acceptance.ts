import type { CalendarLookup, WorkingDayCounter } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import { actorOf, found, type Member } from '../../kernel/caller';
import type { Now } from '../../kernel/chain';
import { minutesAfter, shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import type { MatterContent, MatterRecord } from '../../matter/records';
import type { CaseBody } from '../chain';
import type { Promptness } from './records';
import type { SealedDocument } from '../result/sealed-records';
import type { Sources } from '../filing/contest';
import type { Attestations, AttestedUse } from '../filing/materials';
import type { CaseRecord } from '../records';
import { openReadySteps } from '../steps';

/** What the acts around acceptance and decision look at. */
export interface HandlingState {
  readonly case: CaseRecord | undefined;
  readonly matter: MatterRecord | undefined;
  readonly attestations: Attestations;
  readonly calendar: CalendarLookup;
  /** Read when the command contests shared data. */
  readonly sources: Sources;
}

/** The content a case was filed against; the ledger always has it. */
export function contentFor(record: CaseRecord, matter: MatterRecord | undefined): MatterContent {
  return found(matter, { taskCode: record.taskCode, version: record.matterVersion }).content;
}

/** Which attestations count for this case. */
export function attestedUse(record: CaseRecord, state: HandlingState): AttestedUse {
  return {
    caseNo: record.caseNo,
    requesters: [record.owner, record.applicant],
    content: contentFor(record, state.matter),
    attestations: state.attestations,
  };
}

/** R4: after the fifth working day an incomplete file counts as accepted. */
export function isReplyLate(record: CaseRecord, now: Now): boolean {
  return now.today > record.replyBy;
}

/** On the spot (Zhejiang regulation art 11), within the outer limit, or late: see promptnessWords. */
export function promptnessOf(record: CaseRecord, now: Now): Promptness {
  if (now.today <= record.clockFrom) return 'onTheSpot';
  return isReplyLate(record, now) ? 'late' : 'withinFiveDays';
}

/** @throws ContractError NOTICE_TOO_LATE (Administrative Licensing Law art 32(1)(4)) */
export function requireReplyInTime(record: CaseRecord, now: Now): void {
  if (isReplyLate(record, now)) {
    const { caseNo, clockFrom, replyBy } = record;
    throw new ContractError('NOTICE_TOO_LATE', { caseNo, clockFrom, replyBy, today: now.today });
  }
}

export interface Acceptance {
  readonly how: 'accepted' | 'tolerant' | 'deemed';
  /** Day the limits count from. */
  readonly on: string;
  readonly member: Member;
  readonly now: Now;
  /** None of what silence accepted, or of what is finished on the spot. */
  readonly voucher?: SealedDocument;
}

/**
 * R6 and R9: acceptance fixes the due dates from the calendars on the ledger and opens the first steps. The day it
 * counts from may lie back (R4); steps open now, because nobody could answer them before.
 */
export function acceptedBody(
  before: CaseRecord,
  content: MatterContent,
  { how, on, member, now, ...proof }: Acceptance,
  counter: WorkingDayCounter,
): CaseBody {
  const { promisedLimit, statutoryLimit, onTheSpotMinutes: minutes } = content;
  // Nobody can keep minutes that ran before the case counted as accepted: a silent acceptance goes by days.
  const dueAt =
    minutes === undefined || how === 'deemed' ? undefined : minutesAfter(now.at, minutes);
  return {
    ...before,
    state: how === 'tolerant' ? 'TOLERANT_ACCEPTED' : 'ACCEPTED',
    acceptance: {
      ...{ how, by: actorOf(member), at: now.at, on, ...proof },
      promptness: promptnessOf(before, now),
    },
    steps: openReadySteps(before.steps, now, counter),
    limits: {
      promised: promisedLimit.value,
      ...(statutoryLimit === undefined ? {} : { statutory: statutoryLimit.value }),
      ...(minutes === undefined ? {} : { minutes }),
    },
    ...(dueAt === undefined
      ? { dueOn: counter.add(on, promisedLimit.value) }
      : { dueOn: shanghaiDate(dueAt), dueAt }),
    ...(statutoryLimit === undefined
      ? {}
      : { statutoryDueOn: counter.add(on, statutoryLimit.value) }),
    calendars: mergeCalendars(before.calendars, counter),
  };
}

export function counterFor(state: HandlingState): WorkingDayCounter {
  return createWorkingDayCounter(state.calendar);
}
