import { z } from 'zod';

/**
 * Case states (办件状态). Beside each the number of the national set 1-15 it exports as; a few depend on what came
 * before, see {@link nationalNumber}. Not every state has a command yet: the list is the whole life of a case.
 */
export const caseStates = [
  'SUBMITTED',
  'RECEIVED',
  'SUPPLEMENT_NOTIFIED',
  'NOT_ACCEPTED',
  'ACCEPTED',
  'TOLERANT_ACCEPTED',
  'IN_REVIEW',
  'SPECIAL_PROCEDURE',
  'EXTENDED',
  'DECIDED_GRANTED',
  'DECIDED_REFUSED',
  'COMPLETED',
  'DELIVERED',
  'ARCHIVED',
  'WITHDRAWN',
  'DEEMED_WITHDRAWN',
  'ACCEPTANCE_REVOKED',
  'DECISION_REVOKED',
  'TRANSFERRED',
] as const;
export const caseState = z.enum(caseStates);
export type CaseState = z.output<typeof caseState>;

/**
 * A case in one of these is closed (R14): it takes a correction, an inspection of the commitment it was granted on, the
 * revocation of its decision, and its archiving; nothing else.
 */
export const closedStates: readonly CaseState[] = [
  'NOT_ACCEPTED',
  'DELIVERED',
  'ARCHIVED',
  'WITHDRAWN',
  'DEEMED_WITHDRAWN',
  'ACCEPTANCE_REVOKED',
  'DECISION_REVOKED',
  'TRANSFERRED',
];

/**
 * Accepted and not decided yet: opinions, special procedures, an extension and the decision belong here. Which of them a
 * case is in follows from its facts, see `handlingState` in the rules.
 */
export const handlingStates = [
  'ACCEPTED',
  'TOLERANT_ACCEPTED',
  'IN_REVIEW',
  'SPECIAL_PROCEDURE',
  'EXTENDED',
] as const satisfies readonly CaseState[];

/** What {@link nationalNumber} looks at beside the state. */
export interface CaseHistoryFacts {
  /** The case had been accepted when it was withdrawn. */
  readonly accepted: boolean;
  /** A supplement was answered since the last notice. */
  readonly supplemented: boolean;
  readonly granted: boolean;
  /** Refused at the door for lack of competence or still wrong after the notice (不予受理), not as needless (不受理). */
  readonly refusedForCause: boolean;
  /** Accepted with a tolerated gap (容缺受理). */
  readonly tolerant: boolean;
  /** The newest act ended a special procedure, and no other one runs. */
  readonly procedureEnded: boolean;
}

const fixedNumbers: Readonly<Partial<Record<CaseState, number>>> = {
  SUBMITTED: 1,
  SUPPLEMENT_NOTIFIED: 6,
  ACCEPTED: 3,
  TOLERANT_ACCEPTED: 3,
  IN_REVIEW: 8,
  SPECIAL_PROCEDURE: 9,
  EXTENDED: 8,
  DECIDED_GRANTED: 8,
  DECIDED_REFUSED: 8,
  DEEMED_WITHDRAWN: 2,
  ACCEPTANCE_REVOKED: 15,
  DECISION_REVOKED: 15,
  TRANSFERRED: 14,
};

/**
 * The number 1-15 that national exports use: 1 received, 2 withdrawn before acceptance, 3 accepted, 4 not accepted
 * (不受理), 5 refused at the door (不予受理), 6 supplement asked, 7 supplement done, 8 departments handling,
 * 9-10 special procedure, 11 granted, 12 granted with a tolerated gap, 13 not granted, 14 withdrawn, 15 revoked.
 * A submitted case counts as received: entry into the designated system is receipt (Electronic Signature Law art 11).
 */
export function nationalNumber(state: CaseState, facts: CaseHistoryFacts): number {
  if (facts.procedureEnded && goesOn(state)) return 10;
  const fixed = fixedNumbers[state];
  if (fixed !== undefined) return fixed;
  if (state === 'RECEIVED') return facts.supplemented ? 7 : 1;
  if (state === 'NOT_ACCEPTED') return facts.refusedForCause ? 5 : 4;
  if (state === 'WITHDRAWN') return facts.accepted ? 14 : 2;
  return resultNumber(facts);
}

function resultNumber({ granted, tolerant }: CaseHistoryFacts): number {
  if (!granted) return 13;
  return tolerant ? 12 : 11;
}

/** Handled again, no special procedure holding it. */
function goesOn(state: CaseState): boolean {
  const handling: readonly CaseState[] = handlingStates;
  return handling.includes(state) && state !== 'SPECIAL_PROCEDURE';
}
