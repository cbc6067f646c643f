import { AppKeyContract } from './app-key';
import { AttestationContract } from './attestation';
import { AuditContract } from './audit';
import { CalendarContract } from './calendar';
import { CaseContract } from './case';
import { DatasetContract } from './dataset';
import { DelegationContract } from './delegation';
import { DepartmentContract } from './department';
import { DutyContract } from './duty';
import { DutyRulingContract } from './duty-ruling';
import { JournalContract } from './journal';
import { MatterContract } from './matter';
import { OneThingContract } from './one-thing';
import { SharingContract } from './sharing';
import { CardContract, EvaluationContract, OrderContract, UrgeContract } from './supervision';
import { TimeContract } from './time';

/** What `fabric-chaincode-node` registers. */
export const contracts = [
  DepartmentContract,
  DutyContract,
  CalendarContract,
  MatterContract,
  OneThingContract,
  CaseContract,
  DatasetContract,
  AttestationContract,
  AppKeyContract,
  DutyRulingContract,
  DelegationContract,
  CardContract,
  UrgeContract,
  OrderContract,
  EvaluationContract,
  AuditContract,
  JournalContract,
  SharingContract,
  TimeContract,
];
