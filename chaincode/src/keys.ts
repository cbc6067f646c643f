import { appKeyRecord } from './app-key/records';
import { attestationOfCaseRecord, attestationRecord } from './attestation/records';
import { auditRecord } from './audit/records';
import { calendarRecord, calendarVersionRecord } from './calendar/records';
import { dutyRulingRecord } from './case/duty-ruling-records';
import { caseEventRecord, caseRecord } from './case/records';
import { commitmentBarRecord } from './case/time-records';
import {
  datasetCoverOfNameRecord,
  datasetCoverRecord,
  datasetRecord,
  datasetVersionRecord,
} from './dataset/records';
import { dataTopicRecord } from './dataset/topic-records';
import { delegationRecord } from './delegation/records';
import {
  departmentOfMspRecord,
  departmentRecord,
  functionHolderRecord,
} from './department/records';
import {
  dutyOfTopicRecord,
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  reviewRecord,
} from './duty/records';
import { journalAnchorRecord } from './journal/records';
import type { KeyKind, KeyParts } from './kernel/keys';
import { padded } from './kernel/keys';
import type { LedgerRecord, RecordKind, RecordOf } from './kernel/records';
import { matterHeadRecord, matterRecord } from './matter/records';
import { oneThingCaseRecord, oneThingHeadRecord, oneThingRecord } from './one-thing/records';
import { challengeRecord, disputeRecord } from './sharing/dispute-records';
import { shareEventRecord, shareGrantRecord, shareRecord } from './sharing/records';
import { useRecord, useSubject } from './sharing/use-records';
import { cardShelf } from './supervision/card-id';
import { cardRecord, evaluationRecord, orderRecord, urgeRecord } from './supervision/records';
import { beaconRecord, beaconSlotRecord } from './time/records';

/** Every key prefix of the world state, in one place. */
export const keyKinds: { readonly [K in RecordKind]: KeyKind<K> } = {
  department: { objectType: 'dept', schema: departmentRecord, attributes: (r) => [r.id] },
  departmentOfMsp: {
    objectType: 'deptOfMsp',
    schema: departmentOfMspRecord,
    attributes: (r) => [r.mspId],
  },
  functionHolder: {
    objectType: 'function',
    schema: functionHolderRecord,
    attributes: (r) => [r.function],
  },
  duty: { objectType: 'duty', schema: dutyRecord, attributes: (r) => [r.department, r.code] },
  dutyVersion: {
    objectType: 'dutyVersion',
    schema: dutyVersionRecord,
    attributes: (r) => [r.department, r.code, padded(r.version)],
  },
  matterOfDuty: {
    objectType: 'matterOfDuty',
    schema: matterOfDutyRecord,
    attributes: (r) => [r.department, r.code, r.taskCode],
  },
  review: {
    objectType: 'review',
    schema: reviewRecord,
    attributes: (r) => [r.taskCode, padded(r.version), padded(r.dutyVersion)],
  },
  dutyOfTopic: {
    objectType: 'dutyOfTopic',
    schema: dutyOfTopicRecord,
    attributes: (r) => [r.topic, r.department, r.code],
  },
  dutyOverlap: {
    objectType: 'dutyOverlap',
    schema: dutyOverlapRecord,
    attributes: (r) => [r.topic, padded(r.round)],
  },
  calendar: {
    objectType: 'calendar',
    schema: calendarRecord,
    attributes: (r) => [r.year.toString()],
  },
  calendarVersion: {
    objectType: 'calendarVersion',
    schema: calendarVersionRecord,
    attributes: (r) => [r.year.toString(), padded(r.version)],
  },
  matter: {
    objectType: 'matter',
    schema: matterRecord,
    attributes: (r) => [r.taskCode, padded(r.version)],
  },
  matterHead: {
    objectType: 'matterHead',
    schema: matterHeadRecord,
    attributes: (r) => [r.taskCode],
  },
  oneThing: {
    objectType: 'oneThing',
    schema: oneThingRecord,
    attributes: (r) => [r.code, padded(r.version)],
  },
  oneThingHead: {
    objectType: 'oneThingHead',
    schema: oneThingHeadRecord,
    attributes: (r) => [r.code],
  },
  oneThingCase: {
    objectType: 'oneThingCase',
    schema: oneThingCaseRecord,
    attributes: (r) => [r.no],
  },
  case: { objectType: 'case', schema: caseRecord, attributes: (r) => [r.caseNo] },
  caseEvent: {
    objectType: 'caseEvent',
    schema: caseEventRecord,
    attributes: (r) => [r.caseNo, padded(r.seq)],
  },
  commitmentBar: {
    objectType: 'commitmentBar',
    schema: commitmentBarRecord,
    attributes: (r) => [r.taskCode, r.applicant],
  },
  dataset: { objectType: 'dataset', schema: datasetRecord, attributes: (r) => [r.datasetId] },
  datasetVersion: {
    objectType: 'datasetVersion',
    schema: datasetVersionRecord,
    attributes: (r) => [r.datasetId, padded(r.version)],
  },
  dataTopic: {
    objectType: 'dataTopic',
    schema: dataTopicRecord,
    attributes: (r) => [r.topic],
  },
  datasetCoverOfName: {
    objectType: 'datasetCoverOfName',
    schema: datasetCoverOfNameRecord,
    attributes: (r) => [r.name, r.datasetId],
  },
  datasetCover: {
    objectType: 'datasetCover',
    schema: datasetCoverRecord,
    attributes: (r) => [r.materialCode, r.datasetId],
  },
  attestation: {
    objectType: 'attestation',
    schema: attestationRecord,
    attributes: (r) => [r.attestationId],
  },
  attestationOfCase: {
    objectType: 'attestationOfCase',
    schema: attestationOfCaseRecord,
    attributes: (r) => [r.caseNo, r.attestationId],
  },
  appKey: {
    objectType: 'appKey',
    schema: appKeyRecord,
    attributes: (r) => [r.department, r.keyId],
  },
  dutyRuling: {
    objectType: 'dutyRuling',
    schema: dutyRulingRecord,
    attributes: (r) => [r.rulingId],
  },
  delegation: {
    objectType: 'delegation',
    schema: delegationRecord,
    attributes: (r) => [r.delegationId],
  },
  card: {
    objectType: 'card',
    schema: cardRecord,
    attributes: (r) => [cardShelf(r.cardId), r.cardId],
  },
  urge: { objectType: 'urge', schema: urgeRecord, attributes: (r) => [r.caseNo, r.urgeId] },
  order: { objectType: 'order', schema: orderRecord, attributes: (r) => [r.orderId] },
  evaluation: {
    objectType: 'evaluation',
    schema: evaluationRecord,
    attributes: (r) => [r.caseNo],
  },
  audit: { objectType: 'audit', schema: auditRecord, attributes: (r) => [r.report] },
  journalAnchor: {
    objectType: 'journalAnchor',
    schema: journalAnchorRecord,
    attributes: (r) => [r.department, r.gateway, r.day],
  },
  use: { objectType: 'use', schema: useRecord, attributes: (r) => [useSubject(r), r.useId] },
  share: { objectType: 'share', schema: shareRecord, attributes: (r) => [r.shareId] },
  shareEvent: {
    objectType: 'shareEvent',
    schema: shareEventRecord,
    attributes: (r) => [r.shareId, padded(r.seq)],
  },
  shareGrant: {
    objectType: 'shareGrant',
    schema: shareGrantRecord,
    attributes: (r) => [r.shareId],
  },
  challenge: {
    objectType: 'challenge',
    schema: challengeRecord,
    attributes: (r) => [r.shareId, r.challengeId],
  },
  dispute: {
    objectType: 'dispute',
    schema: disputeRecord,
    attributes: (r) => [r.shareId, r.disputeId],
  },
  beacon: { objectType: 'beacon', schema: beaconRecord, attributes: () => ['newest'] },
  beaconSlot: {
    objectType: 'beaconSlot',
    schema: beaconSlotRecord,
    attributes: (r) => [padded(r.slot)],
  },
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
