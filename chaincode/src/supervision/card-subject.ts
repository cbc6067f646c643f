import type { WatchedClock } from './other-clocks';
import type { CardRecord } from './records';

/** The ids on a card of what it is about. */
export type Subject = Pick<
  CardRecord,
  'caseNo' | 'shareId' | 'challengeId' | 'review' | 'rulingId' | 'datasetId' | 'datasetVersion'
>;

/** What a card outside cases is about, and whom it concerns. */
export interface OtherSubject {
  readonly about: string;
  readonly subject: Subject;
  readonly parties: readonly string[];
  readonly watched: readonly WatchedClock[];
}
