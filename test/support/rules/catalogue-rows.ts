import { cite, citeOutright, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Matters, one things, duties and departments. */
export const catalogueRows: readonly RuleRow[] = [
  {
    id: 'secrecy',
    zh: '国家秘密、工作秘密事项不得进入系统',
    en: 'No matter that is a state or work secret',
    basis: [
      cite(laws.onlineServices, { article: 4, paragraph: 1 }),
      cite(laws.businessEnvironment, { article: 37, paragraph: 1 }),
    ],
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
    zh: '材料清单不得有“其他材料”一类的兜底条款',
    en: 'A list of materials has no catch-all',
    basis: [
      cite(laws.licensing, { article: 30, paragraph: 1 }),
      cite(laws.onceReform, { article: 4, paragraph: 2 }, { article: 43, item: 3 }),
    ],
    functions: ['draftMatter', 'isCatchAll'],
    tests: { 'matter/catch-all': ['are refused in a matter, by code and name'] },
    codes: ['MATERIAL_CATCH_ALL'],
    figures: [],
  },
  {
    id: 'coverage',
    zh: '已有数据集可供共享的材料，不得要求申报部门提供',
    en: 'A material that a published data set covers is not asked of the applicant',
    basis: [
      cite(laws.sharing, 14, { article: 19, paragraph: 1 }),
      cite(laws.onceReform, { article: 7, paragraph: 2 }),
    ],
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
    zh: '事项所引用的部门、职责、数据集须在账本上，流程不得形成循环，且不超过承诺办结时限',
    en: 'What a matter points at is on the ledger; its flow is a graph within the promised limit',
    basis: [cite(laws.onceReform, { article: 4, paragraph: 2 })],
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
    id: 'handling-laws',
    zh: '事项写明适用或者参照哪些法律；非行政许可事项只能按文件参照《中华人民共和国行政许可法》，只依本系统规则的不援引法律',
    en: 'A matter says which laws apply to its handling and which it only follows, by which document; what is not said is not claimed',
    basis: [citeOutright(laws.licensing, 3), citeOutright(laws.onceReform, 2)],
    functions: ['draftMatter', 'checkHandlingLaws', 'standingsOf'],
    tests: {
      'matter/handling-laws': [
        'are said by what is no licence, each with the document by which it is followed',
        'are in force for a licence, and the Licensing Law for nothing else',
      ],
    },
    codes: ['LAW_STANDING_UNFOUNDED'],
    figures: [],
  },
  {
    id: 'licence-limit',
    zh: '行政许可须有法定办结时限：单独办理二十个工作日，法律、法规另有规定的引用；联合办理四十五个工作日',
    en: 'A licence has a statutory limit: twenty working days, or what a cited law or regulation sets; forty-five jointly',
    basis: [
      citeOutright(laws.licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 }),
    ],
    functions: ['draftMatter', 'checkLicenceLimit'],
    tests: {
      'matter/handling-laws': [
        'is there',
        'has at most twenty working days, or what a law or regulation sets',
        'has at most forty-five where departments act jointly, whatever else is cited',
      ],
    },
    codes: ['STATUTORY_LIMIT_UNFOUNDED'],
    figures: [],
  },
  {
    id: 'consultation',
    zh: '面向公众的事项清单，草案经公示和征求意见后方可公布',
    en: 'The draft of a list for the public is consulted on before it is published',
    basis: [citeOutright(laws.onceReform, { article: 4, paragraph: 3 })],
    functions: [
      'recordMatterConsultation',
      'recordOneThingConsultation',
      'publishMatter',
      'publishOneThing',
    ],
    tests: { 'matter/handling-laws': ['is consulted on before it is published'] },
    codes: [
      'CONSULTATION_MISSING',
      'WRONG_DEPARTMENT',
      'VALIDITY_INVALID',
      'DIGEST_MISMATCH',
      'WRONG_STATE',
    ],
    figures: [],
  },
  {
    id: 'one-version',
    zh: '同一事项每天只有一个版本有效：后公布的自生效之日起取代其他版本，不溯及公布之前',
    en: 'One version of a matter is in force on each day: the one published last replaces all others from its first day, never before its publication',
    functions: ['publishMatter', 'publishOneThing', 'superseded'],
    tests: {
      '../histories/h12-two-versions': ['and none is published that would end before it begins'],
    },
    codes: ['VALIDITY_INVALID'],
    figures: [],
  },
  {
    id: 'matter-cosign',
    zh: '事项由实施主体负责人和编办共同签署，起草人不得签署',
    en: 'A matter is cosigned by the owner’s head and the Establishment Office, never by its drafter',
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
    zh: '职责变更后，相关事项十个工作日内由实施主体和编办复核',
    en: 'A changed duty opens a review of ten working days by the owner and the Establishment Office',
    functions: ['registerDuty', 'reviewMatter', 'markForReview'],
    tests: {
      'duty/duties': [
        'let nobody else review, nobody twice, not whoever changed the duty, and nothing that is not open',
        'give no more time when the duty changes again: the review is overtaken and its clock goes on',
        'have no due day in a year without a calendar, so the change waits for it',
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
    basis: [cite(laws.onceReform, { article: 4, paragraph: 1 })],
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
    zh: '同一职责被多个部门主张的，由编办提出协调意见、本级人民政府决定，发现者不得提出、决定',
    en: 'Where several departments claim a topic the Establishment Office proposes and the government decides, and not whoever found it',
    basis: [
      cite(laws.staffing, { article: 10, paragraph: 1 }),
      cite(laws.staffing, { article: 10, paragraph: 2 }),
    ],
    functions: ['proposeOverlap', 'resolveOverlap', 'registerDuty'],
    tests: {
      'duty/duties': [
        'is proposed by the Establishment Office and decided by the government, signed or registered',
        'is the government’s to decide, without a proposal, where the Establishment Office claims it too',
        'refuses a ruling without a claimant to lead, or with one where the duties differ',
        'does not let whoever found it rule',
      ],
    },
    codes: [
      'COORDINATION_MISSING',
      'DECISION_UNNAMED',
      'WRONG_DEPARTMENT',
      'OVERLAP_RULING_INVALID',
      'MAKER_IS_CHECKER',
    ],
    figures: ['overlaps-open', 'overlaps-closed'],
  },
  {
    id: 'previous-limit',
    zh: '改革前时限须与已公布版本一致',
    en: 'A previous limit is what the published version knows',
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
    zh: '“一件事”由牵头部门、各实施主体和编办共同签署；所含事项须已公布，先后次序不得形成循环',
    en: 'A one thing is cosigned by lead, owners and the Establishment Office; its parts are published matters in a graph',
    basis: [cite(laws.onceReform, { article: 4, paragraph: 3 })],
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
    zh: '“一件事”一次申报一套材料，只启动前置事项已办结的事项，每个事项对应一个办件编号',
    en: 'A one thing is filed once with one material set, and opens exactly the parts whose turn it is',
    basis: [
      cite(laws.onceReform, { article: 2, paragraph: 3 }, { article: 4, paragraph: 3 }),
      cite(laws.onceReform, { article: 5, paragraph: 3 }),
    ],
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
    zh: '商用密码（SM2）签名密钥由持有人证明持有、负责人或管理员登记；撤销后不再有效',
    en: 'An SM2 key is proved by its holder and registered by a head or an administrator; revoked, it counts no more',
    basis: [cite(laws.electronicSignature, { article: 13, paragraph: 1 })],
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
