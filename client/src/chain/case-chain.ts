import type { CaseEventRecord, CaseRecord } from '@yici/domain/model';
import { checkChain, type ChainCheck } from './chain.js';

/** Recomputes a case's chain from its events, as {@link checkChain} does. */
export function checkCaseChain(
  record: Pick<CaseRecord, 'caseNo' | 'head' | 'nextSeq' | 'state'>,
  events: readonly CaseEventRecord[],
): ChainCheck {
  return checkChain(record, events, {
    id: record.caseNo,
    idOf: ({ caseNo }) => caseNo,
    foreign: 'EVENT_OF_OTHER_CASE',
  });
}
