import type { AppKeyRecord } from '../app-key/records';
import type { AttestationOfCaseRecord, AttestationRecord } from '../attestation/records';
import type { AuditRecord } from '../audit/records';
import type { CalendarRecord, CalendarVersionRecord } from '../calendar/records';
import type { DutyRulingRecord } from '../case/duty-ruling-records';
import type { CaseEventRecord, CaseRecord } from '../case/records';
import type { CommitmentBarRecord } from '../case/time-records';
import type {
  DatasetCoverOfNameRecord,
  DatasetCoverRecord,
  DatasetRecord,
  DatasetVersionRecord,
} from '../dataset/records';
import type { DataTopicRecord } from '../dataset/topic-records';
import type { DelegationRecord } from '../delegation/records';
import type {
  DepartmentOfMspRecord,
  DepartmentRecord,
  FunctionHolderRecord,
} from '../department/records';
import type {
  DutyOfTopicRecord,
  DutyOverlapRecord,
  DutyRecord,
  DutyVersionRecord,
  MatterOfDutyRecord,
  ReviewRecord,
} from '../duty/records';
import type { JournalAnchorRecord } from '../journal/records';
import type { MatterHeadRecord, MatterRecord } from '../matter/records';
import type { OneThingCaseRecord, OneThingHeadRecord, OneThingRecord } from '../one-thing/records';
import type { ChallengeRecord, DisputeRecord } from '../sharing/dispute-records';
import type { ShareEventRecord, ShareGrantRecord, ShareRecord } from '../sharing/records';
import type { UseRecord } from '../sharing/use-records';
import type { CardRecord, EvaluationRecord, OrderRecord, UrgeRecord } from '../supervision/records';
import type { BeaconRecord, BeaconSlotRecord } from '../time/records';

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
