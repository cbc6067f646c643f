import type { CommandInput } from '../kernel/commands';
import { publishedDataset, requireFields } from '../dataset/entry';
import type { DatasetRecord } from '../dataset/records';
import { absent, actorOf, eventOf, found, type Member, type Rule } from '../kernel/caller';
import { closedStates, type CaseState } from '../kernel/case-states';
import { shanghaiDate, shiftDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { MatterRecord } from '../matter/records';
import { openShare, type ShareAndGrant } from '../sharing/chain';
import type { AttestationRecord } from './records';

/** What is asked of the case that an attestation is for. */
export interface AttestedCase {
  readonly caseNo: string;
  readonly state: CaseState;
  readonly parties: readonly string[];
}

export interface IssueAttestationState {
  readonly existing: AttestationRecord | undefined;
  readonly dataset: DatasetRecord | undefined;
  readonly case: AttestedCase | undefined;
  /** The matter version the case was filed against. */
  readonly matter: MatterRecord | undefined;
  /** The share the command names, with its grant. */
  readonly shared: ShareAndGrant;
}

/**
 * The source department of a published data set, or one the entry names as issuer, attests fields by salted digests, for
 * one requester that takes part in one open case and for one purpose (Order 809 art 19, 25).
 * @throws ContractError ALREADY_EXISTS, DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, ISSUER_NOT_ACCREDITED,
 *   SHARE_CLASS_REFUSED, NOT_FOUND, CASE_CLOSED, NOT_A_PARTY, FIELD_UNKNOWN, VALIDITY_INVALID,
 *   SHARE_GRANT_REQUIRED, WRONG_STATE, ATTESTATION_MISMATCH, SHARE_SCOPE_EXCEEDED, SHARE_OUT_OF_TERM
 */
export const issueAttestation: Rule<
  'attestation.issue',
  IssueAttestationState,
  AttestationRecord
> = (state, input, member) => {
  const { attestationId, datasetId, caseNo, requester } = input;
  absent(state.existing, { attestationId });
  const dataset = attestable(state.dataset, input, member);
  checkCase(found(state.case, { caseNo }), requester);
  requireBasis(dataset, state, input);
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
};

function attestable(
  record: DatasetRecord | undefined,
  input: CommandInput<'attestation.issue'>,
  member: Member,
): DatasetRecord {
  const { datasetId, fields } = input;
  const dataset = publishedDataset(record, datasetId);
  requireAccredited(dataset, member);
  if (dataset.shareClass === 'notShared') {
    const { exclusion } = dataset;
    throw new ContractError('SHARE_CLASS_REFUSED', { datasetId, reason: exclusion?.reason });
  }
  requireFields(
    dataset,
    fields.map(({ code }) => code),
  );
  return dataset;
}

/** The source department attests its data set, and whom the published entry names beside it (Order 809 art 19). */
function requireAccredited(dataset: DatasetRecord, member: Member): void {
  const { datasetId, sourceDepartment, issuers } = dataset;
  if (member.department === sourceDepartment || issuers.includes(member.department)) return;
  const accredited = [sourceDepartment, ...issuers];
  throw new ContractError('ISSUER_NOT_ACCREDITED', {
    datasetId,
    department: member.department,
    accredited,
  });
}

/**
 * Data that are shared on conditions are attested under a grant (Order 809 art 20, 21), or for a case whose published
 * matter lists the data set: the matter was cosigned for that use. A named share must cover what is attested (art 25).
 */
function requireBasis(
  dataset: DatasetRecord,
  { matter, shared }: IssueAttestationState,
  input: CommandInput<'attestation.issue'>,
): void {
  if (input.shareId !== undefined) {
    requireCovered(shared, input.shareId, input);
    return;
  }
  const { datasetId, shareClass } = dataset;
  const listed = matter?.content.materials.some((material) => material.datasetId === datasetId);
  if (shareClass === 'conditional' && listed !== true) {
    throw new ContractError('SHARE_GRANT_REQUIRED', { datasetId, caseNo: input.caseNo });
  }
}

function requireCovered(
  { share, grant }: ShareAndGrant,
  shareId: string,
  input: CommandInput<'attestation.issue'>,
): void {
  const known = openShare(share, shareId, ['GRANTED']);
  const { fields, terms } = found(grant, { shareId, part: 'grant' });
  const wrong = (['datasetId', 'requester'] as const).filter((name) => known[name] !== input[name]);
  if (wrong.length > 0) throw new ContractError('ATTESTATION_MISMATCH', { shareId, wrong });
  const wider = input.fields.map(({ code }) => code).filter((code) => !fields.includes(code));
  if (wider.length > 0) throw new ContractError('SHARE_SCOPE_EXCEEDED', { codes: wider });
  const { from, to } = terms.period;
  const last = shanghaiDate(input.validTo);
  if (shanghaiDate(input.validFrom) < from || last > shiftDate(to, 1)) {
    throw new ContractError('SHARE_OUT_OF_TERM', { from, to, validTo: input.validTo });
  }
}

function checkCase(record: AttestedCase, requester: string): void {
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
