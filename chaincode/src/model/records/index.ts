import type { AppKeyRecord } from './app-key';
import type { AttestationOfCaseRecord, AttestationRecord, UseRecord } from './attestation';
import type { AuditRecord } from './audit';
import type { CaseEventRecord, CaseRecord } from './case';
import type { CommitmentBarRecord } from './case-time';
import type { DataTopicRecord } from './data-topic';
import type {
  DatasetCoverOfNameRecord,
  DatasetCoverRecord,
  DatasetRecord,
  DatasetVersionRecord,
} from './dataset';
import type {
  CalendarRecord,
  CalendarVersionRecord,
  DepartmentOfMspRecord,
  DepartmentRecord,
  FunctionHolderRecord,
} from './department';
import type {
  DutyOfTopicRecord,
  DutyOverlapRecord,
  DutyRecord,
  DutyVersionRecord,
  MatterOfDutyRecord,
  ReviewRecord,
} from './duty';
import type { ShareEventRecord, ShareGrantRecord, ShareRecord } from './share';
import type { ChallengeRecord, DisputeRecord } from './share-disputes';
import type { MatterHeadRecord, MatterRecord } from './matter';
import type { OneThingCaseRecord, OneThingHeadRecord, OneThingRecord } from './one-thing';
import type { JournalAnchorRecord } from './journal-anchor';
import type { DelegationRecord, DutyRulingRecord } from './responsibility';
import type { BeaconRecord, BeaconSlotRecord } from './time';
import type { CardRecord, EvaluationRecord, OrderRecord, UrgeRecord } from './supervision';

export * from './app-key';
export * from './attestation';
export * from './audit';
export * from './case';
export * from './data-topic';
export * from './dataset';
export * from './case-time';
export * from './department';
export * from './duty';
export * from './guide';
export * from './journal-anchor';
export * from './matter';
export * from './one-thing';
export * from './reason';
export * from './responsibility';
export * from './supervision';
export * from './share';
export * from './share-disputes';
export * from './time';

/** Everything the chaincode keeps, told apart by `kind`. */
export type LedgerRecord =
  | DepartmentRecord
  | DepartmentOfMspRecord
  | FunctionHolderRecord
  | DutyRecord
  | DutyVersionRecord
  | MatterOfDutyRecord
  | ReviewRecord
  | DutyOfTopicRecord
  | DutyOverlapRecord
  | CalendarVersionRecord
  | CalendarRecord
  | MatterRecord
  | MatterHeadRecord
  | OneThingRecord
  | OneThingHeadRecord
  | OneThingCaseRecord
  | CaseRecord
  | CaseEventRecord
  | CommitmentBarRecord
  | DatasetRecord
  | DatasetVersionRecord
  | DatasetCoverRecord
  | DatasetCoverOfNameRecord
  | DataTopicRecord
  | AttestationRecord
  | AttestationOfCaseRecord
  | UseRecord
  | AppKeyRecord
  | DutyRulingRecord
  | DelegationRecord
  | CardRecord
  | UrgeRecord
  | OrderRecord
  | EvaluationRecord
  | AuditRecord
  | JournalAnchorRecord
  | ShareRecord
  | ShareEventRecord
  | ShareGrantRecord
  | ChallengeRecord
  | DisputeRecord
  | BeaconRecord
  | BeaconSlotRecord;
export type RecordKind = LedgerRecord['kind'];
export type RecordOf<K extends RecordKind> = Extract<LedgerRecord, { kind: K }>;
