import {
  department,
  calendar,
  duty,
  dataset,
  sharing,
  attestation,
  matter,
  cases,
  oneThing,
  delegation,
  supervision,
  audit,
  journal,
  appKey,
  time,
} from './concepts';
import type { KeyKind, KeyKinds, KeyParts } from './kernel/keys';
import { padded } from './kernel/keys';
import type { LedgerRecord, RecordKind, RecordOf } from './kernel/records';

/** Every key prefix of the world state. */
export const keyKinds: KeyKinds<RecordKind> = {
  ...department.departmentKinds,
  ...calendar.calendarKinds,
  ...duty.dutyKinds,
  ...dataset.datasetKinds,
  ...dataset.datasetTopicKinds,
  ...sharing.sharingDisputeKinds,
  ...sharing.sharingKinds,
  ...sharing.sharingUseKinds,
  ...attestation.attestationKinds,
  ...matter.matterKinds,
  ...cases.caseDutyRulingKinds,
  ...cases.caseKinds,
  ...cases.caseTimeKinds,
  ...oneThing.oneThingKinds,
  ...delegation.delegationKinds,
  ...supervision.supervisionKinds,
  ...audit.auditKinds,
  ...journal.journalKinds,
  ...appKey.appKeyKinds,
  ...time.timeKinds,
};

/** The key of a record, by its kind. */
export function keyOf<K extends RecordKind>(record: RecordOf<K> & LedgerRecord): KeyParts {
  const kind: KeyKind<K> = keyKinds[record.kind];
  return { objectType: kind.objectType, attributes: kind.attributes(record) };
}

/** The key of a case's first event: its filing writes it, and nothing ever after. */
export const filedKey = (caseNo: string): KeyParts => ({
  objectType: keyKinds.caseEvent.objectType,
  attributes: [caseNo, padded(0)],
});
