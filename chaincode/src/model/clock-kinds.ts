/**
 * What can run against somebody: the owner's reply at the door, the applicant's supplement, what was tolerated as missing, a
 * step's opinion, the promised and the statutory limit of the whole, a special procedure, the delivery, the inspection of
 * a commitment and the time to put right what it found; a receiver's answer to a hand-over, and a duty ruling of the
 * Establishment Office. No hand-over and no ruling holds another clock.
 */
export const caseClockKinds = [
  'reply',
  'supplement',
  'tolerated',
  'opinion',
  'finish',
  'statutory',
  'procedure',
  'deliver',
  'inspect',
  'correct',
  'transfer',
  'ruling',
] as const;
export type CaseClockKind = (typeof caseClockKinds)[number];
