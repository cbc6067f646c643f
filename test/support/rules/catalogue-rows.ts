import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Matters, one things, duties and departments. */
export const catalogueRows: readonly RuleRow[] = [
  {
    id: 'secrecy',
    zh: '国家秘密、工作秘密事项不得进入系统',
    en: 'No matter that is a state or work secret',
    basis: [cite(laws.sharing, 3)],
    uncited:
      'the shape of the input has no other value than “none”, so nothing else reaches a rule',
    functions: ['draftMatter'],
    tests: {
      'contracts/contracts': ['refuse a matter that is a secret, and name the field'],
    },
    codes: ['VALIDATION_FAILED'],
    figures: [],
  },
  {
    id: 'catch-all',
    zh: '材料清单不得有兜底条款',
    en: 'A list of materials has no catch-all',
    basis: [cite(laws.onceReform, 7, { article: 43, item: 3 })],
    functions: ['draftMatter', 'isCatchAll'],
    tests: { 'matter/catch-all': ['are refused in a matter, by code and name'] },
    codes: ['MATERIAL_CATCH_ALL'],
    figures: [],
  },
  {
    id: 'coverage',
    zh: '已有数据集可供共享的材料，不得要求申请人提供',
    en: 'A material that a published data set covers is not asked of the applicant',
    basis: [cite(laws.sharing, 14, 19)],
    functions: ['draftMatter', 'publishMatter', 'checkCoverage'],
    tests: {
      'matter/coverage': [
        'are not asked of the applicant when the data set is shared unconditionally',
        'may be asked when it is shared on conditions, if the data set is offered beside it',
        'stop the publication of a matter that was drafted before the data set came',
      ],
    },
    codes: ['MATERIAL_COVERED'],
    figures: ['materials-shared-rate'],
  },
  {
    id: 'matter-content',
    zh: '事项所引用的部门、职责、数据集须在账本上，流程须成图且不超过承诺时限',
    en: 'What a matter points at is on the ledger; its flow is a graph within the promised limit',
    basis: [cite(laws.onceReform, 7), cite(laws.staffing, 10)],
    functions: ['draftMatter'],
    tests: {
      'matter/matters': [
        'refuses what it points at and cannot find',
        'refuses a shared material without a data set, or with one that is not shared or not published',
        'refuses paper copies of what is filed as a file',
        'refuses a flow that is no graph or longer than what is promised',
      ],
    },
    codes: [
      'DATASET_UNKNOWN',
      'DEPARTMENT_UNKNOWN',
      'DUTY_UNKNOWN',
      'MATERIAL_LIST_INVALID',
      'FLOW_INVALID',
    ],
    figures: ['matters-with-duty'],
  },
  {
    id: 'matter-cosign',
    zh: '事项由牵头部门负责人和编办共同签署，起草人不得签署',
    en: 'A matter is cosigned by the owner’s head and the Establishment Office, never by its drafter',
    basis: [cite(laws.onceReform, 4)],
    functions: ['draftMatter', 'cosignMatter', 'publishMatter', 'retireMatter'],
    tests: {
      'matter/matters': [
        'does not let another department draft, cosign, publish or retire',
        'does not let the drafter cosign, a side sign twice, or anyone sign another content',
        'does not publish before both have cosigned, nor cosign afterwards',
        'retires a published version, once',
      ],
    },
    codes: [
      'WRONG_DEPARTMENT',
      'MAKER_IS_CHECKER',
      'ALREADY_CONFIRMED',
      'DIGEST_MISMATCH',
      'WRONG_STATE',
    ],
    figures: ['single-signed-publications', 'governance-by-two'],
  },
  {
    id: 'duty-review',
    zh: '职责变更后，相关事项十个工作日内由牵头部门和编办复核',
    en: 'A changed duty opens a review of ten working days by the owner and the Establishment Office',
    functions: ['registerDuty', 'reviewMatter', 'markForReview'],
    tests: {
      'duty/duties': [
        'let nobody else review, nobody twice, not whoever changed the duty, and nothing that is not open',
        'give no more time when the duty changes again: the review is overtaken and its clock goes on',
        'have no due day without a calendar, so the change waits for it',
        'are all marked: the first fifty by the change, the rest by any member, on the same clock',
      ],
    },
    codes: [
      'REVIEW_NOT_OPEN',
      'REVIEW_NOT_DUE',
      'MAKER_IS_CHECKER',
      'ALREADY_CONFIRMED',
      'CALENDAR_MISSING',
    ],
    figures: ['reviews-on-time'],
  },
  {
    id: 'duty-register',
    zh: '职责由本部门或者编办登记，事项不得依据起草后已变更的职责公布',
    en: 'A duty is registered by its department or the Establishment Office; no matter is published on one that changed after the draft',
    basis: [cite(laws.onceReform, 4)],
    functions: ['registerDuty', 'publishMatter'],
    tests: {
      'duty/register': [
        'are registered by the department or the Establishment Office, version after version',
      ],
      'duty/duties': [
        'are not published on a duty that changed after the draft',
        'are not changed to what the duty says already',
      ],
    },
    codes: ['WRONG_DEPARTMENT', 'DEPARTMENT_UNKNOWN', 'DUTY_UNCHANGED', 'DUTY_CHANGED'],
    figures: ['matters-with-duty'],
  },
  {
    id: 'duty-overlap',
    zh: '同一职责被多个部门主张的，由编办裁定，发现者不得裁定',
    en: 'Where several departments claim a topic the Establishment Office rules, and not whoever found it',
    basis: [cite(laws.onceReform, 4)],
    functions: ['resolveOverlap', 'registerDuty'],
    tests: {
      'duty/duties': [
        'lets the Establishment Office rule, the lead authority where that office claims it too',
        'refuses a ruling without a claimant to lead, or with one where the duties differ',
        'does not let whoever found it rule',
      ],
    },
    codes: ['WRONG_DEPARTMENT', 'OVERLAP_RULING_INVALID', 'MAKER_IS_CHECKER'],
    figures: ['overlaps-open', 'overlaps-closed'],
  },
  {
    id: 'previous-limit',
    zh: '改革前时限须与已公布版本一致',
    en: 'A previous limit is what the published version knows',
    basis: [cite(laws.onceReform, 12)],
    functions: ['draftMatter', 'draftOneThing', 'checkPreviousLimit'],
    tests: {
      'matter/speed-up': [
        'takes no past from a later version that the published one does not know',
      ],
      'one-thing/one-things': [
        'takes no invented past, ends with its successor, and is retired by the lead’s head',
      ],
    },
    codes: ['PREVIOUS_LIMIT_INVALID'],
    figures: ['speed-up-rate'],
  },
  {
    id: 'one-thing-template',
    zh: '“一件事”由牵头部门、各实施主体和编办共同签署；所含事项须已公布并成图',
    en: 'A one thing is cosigned by lead, owners and the Establishment Office; its parts are published matters in a graph',
    basis: [cite(laws.onceReform, 4)],
    functions: ['draftOneThing', 'cosignOneThing', 'publishOneThing', 'retireOneThing'],
    tests: {
      'one-thing/one-things': [
        'is published when all have signed, and not before',
        'is not signed by a stranger, twice, by its drafter, by a clerk or under another digest',
        'refuses parts that are no graph, no published matters, or longer than the promise',
        'refuses a group of materials that are not there, are shared, or stand in two groups',
        'takes no invented past, ends with its successor, and is retired by the lead’s head',
      ],
    },
    codes: [
      'WRONG_STATE',
      'ALREADY_CONFIRMED',
      'DIGEST_MISMATCH',
      'MAKER_IS_CHECKER',
      'FLOW_INVALID',
      'MATTER_NOT_PUBLISHED',
      'MATERIAL_LIST_INVALID',
      'WRONG_DEPARTMENT',
    ],
    figures: ['matters-per-one-thing', 'single-signed-publications'],
  },
  {
    id: 'one-thing-filed',
    zh: '“一件事”一次申报一套材料，正好启动轮到办理的事项',
    en: 'A one thing is filed once with one material set, and opens exactly the parts whose turn it is',
    basis: [cite(laws.onceReform, 2, 4), cite(laws.onceReform, { article: 5, paragraph: 3 })],
    functions: ['submitOneThing', 'advanceOneThing'],
    tests: {
      'one-thing/one-things': [
        'is filed against a template and matters in force on the day, under a number of that day',
        'opens exactly the parts whose turn it is, each under a free number of its own',
        'ends granted when every part is',
        'is refused without a required material, with an unknown one, or twice',
      ],
    },
    codes: [
      'ONE_THING_NOT_IN_FORCE',
      'ONE_THING_PARTS_WRONG',
      'ONE_THING_NOTHING_DUE',
      'MATERIAL_MISSING',
    ],
    figures: ['one-thing-spread'],
  },
  {
    id: 'department-registry',
    zh: '部门自行登记一次；职能由其他部门的多数声明生效，本部门不得为自己声明',
    en: 'A department registers itself once; a function comes by the declarations of others, never its own',
    functions: ['registerDepartment', 'updateDepartment', 'confirmDepartment'],
    tests: {
      'department/registry': [
        'lets each department register itself once, by its administrator or its head',
        'counts no department twice and never the claimant’s own word',
        'lets a department change its entry and drop a claim, but neither repeat nor invent one',
      ],
    },
    codes: ['ALREADY_EXISTS', 'ALREADY_CONFIRMED', 'MAKER_IS_CHECKER', 'FUNCTION_NOT_CLAIMED'],
    figures: ['departments', 'governance-by-two'],
  },
  {
    id: 'app-key',
    zh: '国密密钥由持有人自证、负责人或管理员登记；撤销后不再有效',
    en: 'An SM2 key is proved by its holder and registered by a head or an administrator; revoked, it counts no more',
    basis: [cite(laws.electronicSignature, 13)],
    functions: ['registerAppKey', 'revokeAppKey', 'checkAppSignature'],
    tests: {
      'app-key/signatures': [
        'hold for one command, one input, one person, one channel',
        'count only under a key that is registered and not revoked',
        'need a key that its holder signed for, once, by a head or an administrator',
      ],
    },
    codes: [
      'APP_SIGNATURE_INVALID',
      'APP_KEY_UNKNOWN',
      'APP_KEY_REVOKED',
      'ALREADY_EXISTS',
      'ROLE_REFUSED',
    ],
    figures: [],
  },
];
