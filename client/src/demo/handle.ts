import type { CaseRecord } from '@yici/domain/model';
import { caseRecord } from '@yici/domain/model';
import { document, type Attested, type Stage } from './stage.js';

export interface PlainCase {
  readonly caseNo: string;
  /** The department that owns the matter. */
  readonly owner: string;
  readonly attested?: readonly Attested[];
  /** Steps answered between acceptance and decision, in parallel. */
  readonly opinions?: readonly { readonly department: string; readonly stepId: string }[];
  /** The result that is decided and delivered. */
  readonly result: string;
}

/** A case without incidents, from receipt to decision. */
export async function grantCase(stage: Stage, plain: PlainCase): Promise<CaseRecord> {
  const { narrator } = stage;
  const { caseNo, owner, attested = [], opinions = [], result } = plain;
  await narrator.act(`${owner}.clerk1`, 'case.receive', { caseNo });
  await narrator.act(`${owner}.clerk1`, 'case.accept', {
    caseNo,
    ...(attested.length > 0 && { attested }),
  });
  await Promise.all(
    opinions.map(({ department, stepId }) =>
      narrator.act(`${department}.clerk1`, 'case.opinion', { caseNo, stepId, answer: 'agree' }),
    ),
  );
  const decision = { caseNo, outcome: 'granted', document: document(`${result} decision`) };
  return caseRecord.parse((await narrator.act(`${owner}.head1`, 'case.decide', decision)).result);
}

/** After the decision: the result is produced and delivered. */
export async function deliverCase(
  { narrator }: Stage,
  { caseNo, owner, result }: PlainCase,
): Promise<void> {
  const clerk = `${owner}.clerk1`;
  await narrator.act(clerk, 'case.complete', { caseNo, result: document(result) });
  await narrator.act(clerk, 'case.deliver', { caseNo, form: 'web' });
}
