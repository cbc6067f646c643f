import { vocabularyOf, type Vocabulary } from '@yici/domain/model';
import { accountPartWords, journalKindWords } from './journal-lines.js';
import { caseSortWords, materialKindWords } from './reads/cases.js';
import { draftKindWords } from './reads/drafts.js';
import { notedStepWords, signoffStateWords } from './reads/signoffs.js';
import { knownWords, sourceWords, splitWords, subjectKindWords } from './reads/stats.js';
import { lightWords } from './rows.js';

/** Closed lists of what gateways make, beside those of the ledger's records. */
const vocabularies: readonly Vocabulary[] = [
  ...[accountPartWords, caseSortWords, draftKindWords, journalKindWords, knownWords, lightWords],
  ...[materialKindWords, notedStepWords, signoffStateWords, sourceWords, splitWords],
  subjectKindWords,
];

/** What the members of a closed list are called, of the ledger's or of a gateway's; undefined of one that is newer than this program. */
export const wordsOfMembers = (members: readonly string[]): Vocabulary | undefined =>
  vocabularyOf(members) ??
  vocabularies.find((words) => members.every((member) => Object.hasOwn(words, member)));
