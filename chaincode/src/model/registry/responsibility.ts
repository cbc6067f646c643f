import { z } from 'zod';
import { caseRecord, delegationRecord, dutyRulingRecord, reason, userName } from '../records';
import { delegableRole } from '../roles';
import {
  caseNo,
  code,
  date,
  delegationId,
  departmentId,
  digest,
  dutyCode,
  page,
  pageOf,
  rulingId,
  stepId,
  text,
} from '../scalars';
import { anyone, heads, officials, operation } from './spec';

/** The case, or with `stepId` one step of it. */
const subject = { caseNo, stepId: stepId.exactOptional() };

export const offerTransferInput = z.strictObject({
  ...subject,
  to: departmentId,
  /** The receiver's registered clause (三定) under which it falls. */
  dutyCode,
  note: text(500).exactOptional(),
});
export const acceptTransferInput = z.strictObject(subject);
export const declineTransferInput = z.strictObject({
  ...subject,
  /** The registered clause, and whose it is, by which it is not the receiver's. */
  clauseOf: departmentId,
  dutyCode,
  note: text(500).exactOptional(),
});
export const returnStepInput = z.strictObject({ caseNo, stepId, reason: reason.exactOptional() });
export const resendStepInput = z.strictObject({
  caseNo,
  stepId,
  /** Digest of what the owner adds or answers. */
  document: digest,
});
export const decideDutyRulingInput = z.strictObject({
  rulingId,
  /** Who is responsible, and by which of its registered clauses. */
  department: departmentId,
  dutyCode,
  /** Digest of the written ruling. */
  document: digest,
});
export const grantDelegationInput = z.strictObject({
  delegationId,
  /** The absent official, and the role in which that official acts. */
  from: userName,
  role: delegableRole,
  to: userName,
  fromDay: date,
  toDay: date,
  reasonCode: code(32),
});
export const endDelegationInput = z.strictObject({
  delegationId,
  reasonCode: code(32).exactOptional(),
});

/**
 * Names a delegation under which the command is done. It may stand in the input of every command of officials; the rules
 * get the command without it.
 */
export const underDelegation = { under: delegationId.exactOptional() };

const onCase = { contract: 'case', output: caseRecord } as const;

export const responsibilityCommands = {
  'case.offerTransfer': operation({
    ...onCase,
    transaction: 'offerTransfer',
    input: offerTransferInput,
    roles: officials,
    summary: {
      zh: '提出移交办件或者环节（须引用接收部门的三定条款）',
      en: "Offer a case or an open step to another department, citing that department's duty clause",
    },
  }),
  'case.acceptTransfer': operation({
    ...onCase,
    transaction: 'acceptTransfer',
    input: acceptTransferInput,
    roles: officials,
    summary: { zh: '接收移交', en: 'Accept what is handed over' },
  }),
  'case.declineTransfer': operation({
    ...onCase,
    transaction: 'declineTransfer',
    input: declineTransferInput,
    roles: officials,
    summary: {
      zh: '不接收移交（须引用条款；第二次自动提请职责裁定）',
      en: 'Decline a hand-over by a duty clause; the second opens a duty ruling',
    },
  }),
  'case.returnStep': operation({
    ...onCase,
    transaction: 'returnStep',
    input: returnStepInput,
    roles: officials,
    summary: {
      zh: '退件：环节退回牵头部门，时限照计',
      en: 'Return the file of a step to the owner; its clock runs on',
    },
  }),
  'case.resendStep': operation({
    ...onCase,
    transaction: 'resendStep',
    input: resendStepInput,
    roles: officials,
    summary: { zh: '重新送办退回的环节', en: 'The owner answers a returned step' },
  }),
  'dutyRuling.decide': operation({
    contract: 'dutyRuling',
    transaction: 'decide',
    input: decideDutyRulingInput,
    output: dutyRulingRecord,
    roles: heads,
    summary: {
      zh: '编办作出职责裁定',
      en: 'The Establishment Office rules which department is responsible',
    },
  }),
  'delegation.grant': operation({
    contract: 'delegation',
    transaction: 'grant',
    input: grantDelegationInput,
    output: delegationRecord,
    roles: heads,
    summary: {
      zh: '委托代岗（AB岗）',
      en: 'Let an official stand in for an absent one of the same department',
    },
  }),
  'delegation.end': operation({
    contract: 'delegation',
    transaction: 'end',
    input: endDelegationInput,
    output: delegationRecord,
    roles: officials,
    summary: { zh: '结束代岗', en: 'End a delegation' },
  }),
} as const;

export const responsibilityQueries = {
  'dutyRuling.get': operation({
    contract: 'dutyRuling',
    transaction: 'get',
    input: z.strictObject({ rulingId }),
    output: dutyRulingRecord,
    roles: anyone,
    summary: { zh: '查询职责裁定', en: 'One duty ruling' },
  }),
  'delegation.get': operation({
    contract: 'delegation',
    transaction: 'get',
    input: z.strictObject({ delegationId }),
    output: delegationRecord,
    roles: anyone,
    summary: { zh: '查询代岗委托', en: 'One delegation' },
  }),
  'delegation.list': operation({
    contract: 'delegation',
    transaction: 'list',
    input: z.strictObject({ ...page }),
    output: pageOf(delegationRecord),
    roles: anyone,
    summary: { zh: '代岗委托', en: 'Delegations' },
  }),
} as const;
