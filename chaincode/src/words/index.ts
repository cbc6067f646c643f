export { fieldNote, notedFields } from './field-notes';
export { fieldWords } from './field-words';
export {
  formatWords,
  gradesOf,
  issueData,
  issueWords,
  pathWords,
  refusedIssue,
  type RefusedIssue,
} from './issue-words';
export { meaningWords, type MeaningWords } from './meaning-words';
export type { Names } from './names';
export {
  commandWords,
  refusalWords,
  type Act,
  type RefusalWords,
  type Refused,
} from './refusal-words';
export { withSentence } from './travelling';
export { shanghaiTime } from './value-words';
export { fieldWord, vocabularyOf, wordOf, wordOfAny } from './vocabularies';
