import { z } from 'zod';
import type { CommandName } from './commands';
import { caseState } from './case-states';
import { signoff } from './roles';
import {
  appKeyId,
  attestationId,
  cardId,
  caseNo,
  challengeId,
  datasetId,
  delegationId,
  departmentId,
  disputeId,
  dutyCode,
  oneThingNo,
  orderId,
  reformId,
  rulingId,
  sequence,
  sha256Hex,
  shareId,
  taskCode,
  timestamp,
  topicCode,
  urgeId,
  useId,
  version,
} from './scalars';
import { shareState } from './share-states';

/**
 * The fields of a chaincode event beside its name, which is Fabric's event name too. `department` is the caller's, `at` the
 * time that the rules used; the rest are the ids of what was written.
 */
export const eventFields = z.strictObject({
  v: z.literal(1),
  department: departmentId,
  at: timestamp,
  /** department.* */
  id: departmentId.exactOptional(),
  /** duty.*, and the template of oneThing.* */
  code: dutyCode.exactOptional(),
  topic: topicCode.exactOptional(),
  /** calendar.* */
  year: z.int().exactOptional(),
  /** calendar.*, matter.*, duty.*, dataset.* */
  version: version.exactOptional(),
  /** matter.*, case.* */
  taskCode: taskCode.exactOptional(),
  /** oneThing.submit, oneThing.advance: the one thing that was filed, and the cases this opened. */
  no: oneThingNo.exactOptional(),
  caseNos: z.array(caseNo).max(16).exactOptional(),
  /** case.*, attestation.* */
  caseNo: caseNo.exactOptional(),
  seq: sequence.exactOptional(),
  state: caseState.exactOptional(),
  /** Departments concerned: who may be told. Absent where everyone may. */
  parties: z.array(departmentId).exactOptional(),
  datasetId: datasetId.exactOptional(),
  attestationId: attestationId.exactOptional(),
  useId: useId.exactOptional(),
  /** card.* */
  cardId: cardId.exactOptional(),
  /** order.* */
  orderId: orderId.exactOptional(),
  /** urge.* */
  urgeId: urgeId.exactOptional(),
  /** audit.* */
  report: sha256Hex.exactOptional(),
  /** appKey.* */
  keyId: appKeyId.exactOptional(),
  /** The caller's SM2 key that signed the command too, verified by the contract. */
  appSignature: z.strictObject({ alg: z.literal('sm2-sm3'), keyId: appKeyId }).exactOptional(),
  /** The sign-off inside the caller's department that the act names. */
  signoff: signoff.exactOptional(),
  /** dutyRuling.* */
  rulingId: rulingId.exactOptional(),
  /** delegation.* */
  delegationId: delegationId.exactOptional(),
  /** reform.*, and what follows from a reorganisation */
  reformId: reformId.exactOptional(),
  /** sharing.* */
  shareId: shareId.exactOptional(),
  shareState: shareState.exactOptional(),
  challengeId: challengeId.exactOptional(),
  disputeId: disputeId.exactOptional(),
});

export type ContractEvent = z.output<typeof eventFields> & { readonly name: CommandName };
