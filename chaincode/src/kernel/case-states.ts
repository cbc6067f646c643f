import { z } from 'zod';
import { namesOf, type Vocabulary, type Words } from './words';

/** States of a case (办件状态). Not every state has a command yet: the list is the whole life of a case. */
export const caseStateWords = {
  SUBMITTED: { zh: '已申报', en: 'filed' },
  RECEIVED: { zh: '已收件', en: 'received' },
  SUPPLEMENT_NOTIFIED: { zh: '待补正', en: 'waiting for a supplement' },
  NOT_ACCEPTED: { zh: '不予受理', en: 'not accepted' },
  ACCEPTED: { zh: '已受理', en: 'accepted' },
  TOLERANT_ACCEPTED: { zh: '容缺受理', en: 'accepted with materials missing' },
  IN_REVIEW: { zh: '会办中', en: 'opinions under way' },
  SPECIAL_PROCEDURE: { zh: '特别程序', en: 'special procedure' },
  EXTENDED: { zh: '已延期', en: 'extended' },
  DECIDED_GRANTED: { zh: '予以批准', en: 'granted' },
  DECIDED_REFUSED: { zh: '不予批准', en: 'refused' },
  COMPLETED: { zh: '已办结', en: 'completed' },
  DELIVERED: { zh: '已送达', en: 'delivered' },
  ARCHIVED: { zh: '已归档', en: 'archived' },
  WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  DEEMED_WITHDRAWN: { zh: '视为撤回', en: 'counts as withdrawn' },
  ACCEPTANCE_REVOKED: { zh: '撤销受理', en: 'acceptance revoked' },
  DECISION_REVOKED: { zh: '撤销决定', en: 'decision revoked' },
  TRANSFERRED: { zh: '已移交', en: 'handed over' },
} satisfies Vocabulary;
export const caseStates = namesOf(caseStateWords);
export const caseState = z.enum(caseStates);
export type CaseState = z.output<typeof caseState>;

/**
 * A case in one of these is closed (R14): it takes a correction, an inspection of the commitment it was granted on, the
 * revocation of its decision or that it is not revoked, what became of its licences and of its delivery, and what is done about
 * its archive; nothing else. Archived is a state of delivered cases alone: any other stays as it ended.
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

/** The national states of a case, which exports number from 1 to 15. */
export const nationalStates: readonly Words[] = [
  { zh: '已接件', en: 'received' },
  { zh: '已撤件', en: 'withdrawn before acceptance' },
  { zh: '窗口受理', en: 'accepted' },
  { zh: '不受理', en: 'not accepted, because no application is needed' },
  { zh: '不予受理', en: 'not accepted, for another reason' },
  { zh: '补正开始', en: 'supplement asked for' },
  { zh: '补正结束', en: 'supplement received' },
  { zh: '部门开始办理', en: 'departments at work' },
  { zh: '特别程序开始', en: 'special procedure started' },
  { zh: '特别程序结束', en: 'special procedure ended' },
  { zh: '办结通过', en: 'granted' },
  { zh: '办结容缺通过', en: 'granted after a tolerant acceptance' },
  { zh: '办结不通过', en: 'not granted' },
  { zh: '撤回', en: 'withdrawn' },
  { zh: '撤销', en: 'revoked' },
];

/**
 * The number of a case's national state: see {@link nationalStates}. It depends on the state and on what came before.
 * A submitted case counts as received: entry into the designated system is receipt (Electronic Signature Law art 11(2)).
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
