import type { CaseRecord } from '../records';

/**
 * How many materials of a case its applicant did not have to bring: those that attestations of their source departments
 * meet (Order 809 art 19). What it contests it brought itself, and no attestation displaces that. The one place that counts them.
 */
export function materialsSaved({ materials }: Pick<CaseRecord, 'materials'>): number {
  return materials.filter(({ evidence }) => evidence.kind === 'attestation').length;
}
