import { keyKind, padded } from '../kernel/keys';
import { shareEventRecord, shareGrantRecord, shareRecord } from './records';
import { challengeRecord, disputeRecord } from './dispute-records';
import { useRecord, useSubject } from './use-records';

/** How the records of this concept are kept in the world state. */
export const kinds = {
  share: keyKind('share', shareRecord, (r) => [r.shareId]),
  shareEvent: keyKind('shareEvent', shareEventRecord, (r) => [r.shareId, padded(r.seq)]),
  shareGrant: keyKind('shareGrant', shareGrantRecord, (r) => [r.shareId]),
  challenge: keyKind('challenge', challengeRecord, (r) => [r.shareId, r.challengeId]),
  dispute: keyKind('dispute', disputeRecord, (r) => [r.shareId, r.disputeId]),
  use: keyKind('use', useRecord, (r) => [useSubject(r), r.useId]),
};
