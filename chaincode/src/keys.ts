import * as concepts from './concepts';
import type { KeyKind, KeyKinds, KeyParts } from './kernel/keys';
import type { LedgerRecord, RecordKind, RecordOf } from './kernel/records';

/** Every key prefix of the world state. */
export const keyKinds: KeyKinds<RecordKind> = {
  ...concepts.department.departmentKinds,
  ...concepts.calendar.calendarKinds,
  ...concepts.duty.dutyKinds,
  ...concepts.dataset.datasetKinds,
  ...concepts.dataset.datasetTopicKinds,
  ...concepts.sharing.sharingDisputeKinds,
  ...concepts.sharing.sharingKinds,
  ...concepts.sharing.sharingUseKinds,
  ...concepts.attestation.attestationKinds,
  ...concepts.matter.matterKinds,
  ...concepts.cases.caseDutyRulingKinds,
  ...concepts.cases.caseKinds,
  ...concepts.cases.caseTimeKinds,
  ...concepts.oneThing.oneThingKinds,
  ...concepts.delegation.delegationKinds,
  ...concepts.supervision.supervisionKinds,
  ...concepts.audit.auditKinds,
  ...concepts.journal.journalKinds,
  ...concepts.appKey.appKeyKinds,
  ...concepts.time.timeKinds,
};

/** The key of a record, by its kind. */
export function keyOf<K extends RecordKind>(record: RecordOf<K> & LedgerRecord): KeyParts {
  const kind: KeyKind<K> = keyKinds[record.kind];
  return { objectType: kind.objectType, attributes: kind.attributes(record) };
}
