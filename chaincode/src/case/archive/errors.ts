import { cite } from '../../kernel/citation';
import { archivesRegulation, type ContractErrorMeanings } from '../../kernel/laws';

/** What is refused of the archive of a case. */
export const archiveErrors = {
  PACKAGE_DIFFERS: {
    zh: '归档信息包与办件或者账本不一致：办件在打包后又有记录的，请重新打包；移交、接收的须是已归档的包。',
    en: 'The package is not of the case as it is now, or not the one that was archived: make it anew, or name that one.',
    acts: ['case.archive'],
    basis: [cite(archivesRegulation, { article: 39, item: 2 })],
  },
  RETENTION_UNCLEAR: {
    zh: '保管期限须写明期限和依据：事项版本已规定的从其规定，未规定的由归档人填写。',
    en: 'Give a retention period with its basis where the matter’s version has none, and none where it has one.',
    basis: [cite(archivesRegulation, { article: 19, paragraph: 2 })],
  },
  NOT_ARCHIVED: {
    zh: '办件尚未归档，或者归档后又有记录；请先（重新）归档再移交。',
    en: 'The case is not archived, or was acted on since: archive it first, then hand it over.',
    acts: ['case.archive'],
  },
  CHECK_NOTE_MISSING: {
    zh: '四性检测有不合格项的，须写明问题，退回整改。',
    en: 'Say in the note what is wrong with what failed a check, so that it can be put right.',
    next: { zh: '请填写“说明”后重新提交。', en: 'Fill in the note and send it again.' },
    basis: [cite(archivesRegulation, { article: 40, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
