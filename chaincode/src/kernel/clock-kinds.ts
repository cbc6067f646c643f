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

/**
 * What can run against somebody outside a case: a provider's reply, delivery and answer to a challenge, a requester's
 * mending and disposal, the review of a matter whose duty changed, a duty ruling, the update of a catalogue entry, and the
 * lead authority's review of one.
 */
export const otherClockKinds = [
  'reply',
  'deliver',
  'answerChallenge',
  'mend',
  'dispose',
  'review',
  'ruling',
  'update',
  'entryReview',
] as const;
export type OtherClockKind = (typeof otherClockKinds)[number];

/** What a card can be about. */
export const cardClockKinds = [
  ...caseClockKinds,
  'answerChallenge',
  'mend',
  'dispose',
  'review',
  'update',
  'entryReview',
] as const;
export type CardClockKind = (typeof cardClockKinds)[number];

/** Yellow: a limit is about to end; red: it has ended. */
export const cardColours = ['yellow', 'red'] as const;

export type CardColour = (typeof cardColours)[number];
