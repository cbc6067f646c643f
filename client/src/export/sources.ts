import {
  attestationRecord,
  cardRecord,
  caseEventRecord,
  caseRecord,
  delegationRecord,
  departmentRecord,
  dutyRulingRecord,
  evaluationRecord,
  matterRecord,
  urgeRecord,
  type AttestationRecord,
  type CardRecord,
  type CaseEventRecord,
  type CaseRecord,
  type DelegationRecord,
  type DepartmentRecord,
  type DutyRulingRecord,
  type EvaluationRecord,
  type MatterRecord,
  type UrgeRecord,
} from '@yici/domain/model';
import { z } from 'zod';

/** All ledger records that a case's export is made from. */
export interface CaseSources {
  readonly record: CaseRecord;
  /** All events, in order. */
  readonly events: readonly CaseEventRecord[];
  /** The matter version the case was filed against. */
  readonly matter: MatterRecord;
  /** The parties' entries. */
  readonly departments: readonly DepartmentRecord[];
  /** Attestations used for its materials. */
  readonly attestations: readonly AttestationRecord[];
  /** Its duty rulings. */
  readonly rulings: readonly DutyRulingRecord[];
  /** Delegations under which its acts were done. */
  readonly delegations: readonly DelegationRecord[];
  /** Its cards and reminders, by their ids. */
  readonly cards: readonly CardRecord[];
  readonly urges: readonly UrgeRecord[];
  readonly evaluation?: EvaluationRecord;
}

export const sourcesSchema: z.ZodType<Omit<CaseSources, 'events'>> = z.strictObject({
  record: caseRecord,
  matter: matterRecord,
  departments: z.array(departmentRecord),
  attestations: z.array(attestationRecord),
  rulings: z.array(dutyRulingRecord),
  delegations: z.array(delegationRecord),
  cards: z.array(cardRecord),
  urges: z.array(urgeRecord),
  evaluation: evaluationRecord.exactOptional(),
});
export const eventsSchema = z.array(caseEventRecord);

/** The ids needed for an export besides the case and its events. */
export function referencesOf(record: CaseRecord, events: readonly CaseEventRecord[]) {
  const sorted = (ids: readonly (string | undefined)[]) =>
    [...new Set(ids.filter((id) => id !== undefined))].sort();
  return {
    departments: sorted([...record.parties, ...events.map(({ by }) => by.department)]),
    attestations: sorted(
      record.materials.map(({ evidence }) =>
        evidence.kind === 'attestation' ? evidence.attestationId : undefined,
      ),
    ),
    rulings: sorted((record.rulings ?? []).map(({ rulingId }) => rulingId)),
    delegations: sorted(events.map(({ by }) => by.under)),
  };
}
