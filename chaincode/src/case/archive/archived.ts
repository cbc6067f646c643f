import type { CaseArchive } from './records';
import type { CaseRecord } from '../records';

type Archived = Pick<CaseRecord, 'archive' | 'state' | 'nextSeq'>;

/** The archive, if its package has all that was done on the case: a correction or a revocation makes another necessary. */
export function wholeArchive({ archive, state, nextSeq }: Archived): CaseArchive | undefined {
  const whole = archive?.upTo === undefined ? state === 'ARCHIVED' : archive.upTo === nextSeq - 1;
  return whole ? archive : undefined;
}

/** Not archived whole, or sent back by the archive. */
export const isToBeArchived = (record: Archived): boolean => {
  const archive = wholeArchive(record);
  return archive === undefined || archive.transfer?.receipt?.received === false;
};

/** The transfer that waits for the archive. */
export const pendingTransfer = ({ archive }: Pick<CaseRecord, 'archive'>) =>
  archive?.transfer?.receipt === undefined ? archive?.transfer : undefined;
