import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** What a grant gives, and what becomes of it: seals, licences, the acknowledgement of a delivery. */
export const resultRows: readonly RuleRow[] = [
  {
    id: 'R14-compensation',
    zh: '撤销时登记上级机关的撤销决定和给予的赔偿；以不正当手段取得或者违反承诺的不予赔偿',
    en: 'A revocation records the organ above that decided it and what compensates the holder; deceit and a broken commitment are not compensated',
    basis: [cite(laws.licensing, { article: 69, paragraph: 4 })],
    functions: ['revokeDecision'],
    tests: {
      'case/results': [
        'is revoked with its decision, also of a closed case, and cancelled after that',
      ],
    },
    codes: ['COMPENSATION_EXCLUDED'],
    figures: [],
  },
  {
    id: 'sealed-results',
    zh: '决定和送达的结果登记印章的，编号、印章系统和印章证明须完整；日期由账本记载',
    en: 'The seal of a decision or of what is delivered is recorded whole: number, system and proof; the ledger dates it',
    basis: [cite(laws.onceReform, { article: 10, paragraph: 2 })],
    functions: ['decideCase', 'deliverCase'],
    tests: {
      'case/results': [
        'has number, day, seal and its proof whole, of a decision and of what is delivered',
      ],
    },
    codes: ['VOUCHER_REQUIRED'],
    figures: [],
  },
  {
    id: 'licences',
    zh: '电子证照由实施主体依予以批准的决定颁发并加盖印章，标识不得重复，持有人只记校验值',
    en: 'An e-licence is issued by the owner on a grant, sealed, under an identifier that no other has; of its holder only a digest is kept',
    basis: [cite(laws.licensing, { article: 39, paragraph: 1 })],
    functions: ['issueLicence'],
    tests: {
      'case/results': [
        'is issued by the owner on a grant, sealed and dated by the ledger, once',
        'is none of a refusal',
      ],
    },
    codes: ['LICENCE_UNFOUNDED', 'ALREADY_EXISTS', 'WRONG_DEPARTMENT', 'VALIDITY_INVALID'],
    figures: [],
  },
  {
    id: 'licence-status',
    zh: '证照依行政处罚决定暂扣、吊销，依法定情形注销，随决定撤销，期满失效',
    en: 'A licence is suspended or withdrawn by a penalty, cancelled where the law says so, revoked with its decision, and expires by its day',
    basis: [cite(laws.licensing, 70)],
    functions: ['changeLicence', 'revokeDecision'],
    tests: {
      'case/results': [
        'is suspended and withdrawn by a penalty, cancelled as art 70 says, and expires by its day',
        'is revoked with its decision, also of a closed case, and cancelled after that',
      ],
    },
    codes: ['LICENCE_STATUS_REFUSED', 'ROLE_REFUSED'],
    figures: [],
  },
  {
    id: 'acknowledgement',
    zh: '送达由申报部门签收；拒绝签收或者以其他方式送达的由实施主体登记，申报部门仍可签收',
    en: 'The applicant acknowledges a delivery; that it refused, or how else it was served, the owner records, and the applicant still may sign',
    functions: ['acknowledge', 'recordService'],
    tests: {
      'case/results': [
        'is acknowledged by the applicant, with a day since the delivery, once',
        'is served by the owner’s record where the applicant does not sign, who still may',
      ],
    },
    codes: ['WRONG_DEPARTMENT', 'VALIDITY_INVALID', 'ALREADY_EXISTS'],
    figures: [],
  },
];
