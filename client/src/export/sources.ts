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
  type CaseEventRecord,
  type CaseRecord,
} from '@yici/domain/model';
import { z } from 'zod';

export const sourcesSchema = z.strictObject({
  record: caseRecord,
  /** The matter version the case was filed against. */
  matter: matterRecord,
  /** The parties' entries. */
  departments: z.array(departmentRecord),
  /** Attestations used for its materials. */
  attestations: z.array(attestationRecord),
  rulings: z.array(dutyRulingRecord),
  /** Delegations under which its acts were done. */
  delegations: z.array(delegationRecord),
  /** Its cards and reminders, by their ids. */
  cards: z.array(cardRecord),
  urges: z.array(urgeRecord),
  evaluation: evaluationRecord.exactOptional(),
});
/** All events, in order. */
export const eventsSchema = z.array(caseEventRecord);

/** All ledger records that a case's export is made from. */
export type CaseSources = Readonly<z.output<typeof sourcesSchema>> & {
  readonly events: readonly CaseEventRecord[];
};

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
