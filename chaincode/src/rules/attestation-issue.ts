import type { AttestationRecord, CaseRecord, CommandInput, DatasetRecord } from '../model';
import { closedStates, ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { absent, actorOf, eventOf, found, requireDepartment } from './caller';
import { shanghaiDate } from './days';

export interface IssueAttestationState {
  readonly existing: AttestationRecord | undefined;
  readonly dataset: DatasetRecord | undefined;
  readonly case: CaseRecord | undefined;
}

/**
 * The source department attests fields of its own data set, by salted digests, for one requester that takes part in
 * one open case and for one purpose (Order 809 art 25).
 * @throws ContractError ALREADY_EXISTS, DATASET_UNKNOWN, WRONG_DEPARTMENT, SHARE_CLASS_REFUSED, NOT_FOUND, CASE_CLOSED,
 *   NOT_A_PARTY, FIELD_UNKNOWN, VALIDITY_INVALID
 */
export function issueAttestation(
  state: IssueAttestationState,
  input: CommandInput<'attestation.issue'>,
  member: Member,
): Outcome<AttestationRecord> {
  const { attestationId, datasetId, caseNo, requester } = input;
  absent(state.existing, { attestationId });
  const dataset = attestable(state.dataset, input, member);
  checkCase(found(state.case, { caseNo }), requester);
  checkPeriod(input, member);
  return {
    main: {
      kind: 'attestation',
      v: 1,
      ...input,
      datasetVersion: dataset.version,
      issuer: member.department,
      status: 'active',
      issuedBy: actorOf(member),
      issuedAt: member.at,
      changes: [],
    },
    also: [{ kind: 'attestationOfCase', v: 1, caseNo, attestationId }],
    event: {
      ...eventOf('attestation.issue', member, member.at),
      attestationId,
      datasetId,
      caseNo,
      parties: [...new Set([member.department, requester])].sort(),
    },
  };
}

function attestable(
  record: DatasetRecord | undefined,
  input: CommandInput<'attestation.issue'>,
  member: Member,
): DatasetRecord {
  const { datasetId, fields } = input;
  if (record === undefined) throw new ContractError('DATASET_UNKNOWN', { datasetId });
  requireDepartment(member, record.sourceDepartment);
  if (record.shareClass === 'notShared') {
    throw new ContractError('SHARE_CLASS_REFUSED', { datasetId, shareTerms: record.shareTerms });
  }
  const codes = fields.map(({ code }) => code);
  const strange = codes.filter((code) => !record.fields.some((field) => field.code === code));
  if (strange.length > 0) throw new ContractError('FIELD_UNKNOWN', { datasetId, codes: strange });
  return record;
}

function checkCase(record: CaseRecord, requester: string): void {
  const { caseNo, state } = record;
  if (closedStates.includes(state)) throw new ContractError('CASE_CLOSED', { caseNo, state });
  if (!record.parties.includes(requester)) {
    throw new ContractError('NOT_A_PARTY', { caseNo, department: requester });
  }
}

function checkPeriod({ validFrom, validTo }: CommandInput<'attestation.issue'>, member: Member) {
  if (validTo <= validFrom || validTo <= member.at) {
    throw new ContractError('VALIDITY_INVALID', {
      validFrom,
      validTo,
      now: member.at,
      today: shanghaiDate(member.at),
    });
  }
}
