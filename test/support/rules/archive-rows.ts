import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** The archive of a closed case, its retention and its transfer. */
export const archiveRows: readonly RuleRow[] = [
  {
    id: 'R14-archive',
    zh: '已终结的办件不论以何种方式终结均应归档；归档后又有记录的重新归档；归档信息包须与办件当前记录一致',
    en: 'Every closed case is archived, however it ended, and again once it was acted on; the package is of the case as it is',
    basis: [
      cite(laws.onlineServices, { article: 12, paragraph: 1 }),
      cite(laws.archivesRegulation, { article: 39, item: 2 }),
    ],
    functions: ['archiveCase', 'wholeArchive'],
    tests: {
      'case/archive': [
        'is the owner’s, and of no open case',
        'is due again once the archived case was acted on, and keeps its retention',
        'refuses a package of the case as it was before',
      ],
    },
    codes: ['ALREADY_EXISTS', 'WRONG_STATE', 'WRONG_DEPARTMENT', 'PACKAGE_DIFFERS'],
    figures: ['archived-rate'],
  },
  {
    id: 'R14-retention',
    zh: '归档须明确保管期限及其依据；期满经鉴定继续保存的重新划定',
    en: 'An archive has a retention period with its basis, set anew where it is kept on after its appraisal',
    basis: [
      cite(laws.archivesRegulation, { article: 19, paragraph: 2 }),
      cite(laws.archivesRegulation, { article: 24, paragraph: 2 }),
    ],
    functions: ['archiveCase', 'resetRetention'],
    tests: {
      'case/archive': [
        'comes from the act, whole, where the matter’s version says nothing',
        'comes from the matter’s version alone where that has one',
        'is set anew after an appraisal, by a head of who keeps it (art 24)',
      ],
    },
    codes: ['RETENTION_UNCLEAR', 'WRONG_DEPARTMENT'],
    figures: [],
  },
  {
    id: 'R14-transfer',
    zh: '归档的办件移交国家档案馆；四性检测合格的应当接收，有一项不合格的退回整改',
    en: 'What is archived is handed over to the archive, which receives what passed its four checks and sends back what failed one',
    basis: [
      cite(laws.archives, { article: 15, paragraph: 1 }, { article: 39, paragraph: 2 }),
      cite(laws.archivesRegulation, { article: 40, paragraph: 2 }),
    ],
    functions: ['transferArchive', 'receiveArchive'],
    tests: {
      'case/archive': [
        'is of what is archived whole, by its package, to who has the function, once',
        'ends with the receipt of the archive, whose four checks it passed',
        'is not checked by whom handed it over, in the archive’s own cases',
      ],
    },
    codes: [
      'NOT_ARCHIVED',
      'PACKAGE_DIFFERS',
      'ALREADY_EXISTS',
      'CHECK_NOTE_MISSING',
      'MAKER_IS_CHECKER',
      'FUNCTION_VACANT',
    ],
    figures: ['archive-received-rate'],
  },
];
