import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Order 809: the catalogue, requests and their clocks, grants. */
export const sharingRows: readonly RuleRow[] = [
  {
    id: 'sharing-14',
    zh: '不予共享限于法律、行政法规或者国务院决定',
    en: 'Only a law, a regulation or a decision of the State Council takes data out of sharing',
    basis: [cite(laws.sharing, { article: 14, item: 3 }, { article: 15, paragraph: 2 })],
    functions: ['registerDataset', 'refuseShare'],
    tests: {
      'dataset/datasets': [
        'takes data out of sharing only by a law, a regulation or a decision of the State Council (art 14)',
      ],
      'sharing/replies': ['names a listed condition, or a norm that can forbid it (art 14, 15)'],
    },
    codes: ['EXCLUSION_BASIS_REFUSED'],
    figures: ['datasets', 'share-refusals'],
  },
  {
    id: 'sharing-15',
    zh: '有条件共享须列明范围和条件，不得自行增设条件',
    en: 'A conditional class lists its scope and conditions; nobody adds one',
    basis: [
      cite(laws.sharing, { article: 15, paragraph: 1 }),
      cite(laws.sharing, { article: 15, paragraph: 2 }),
    ],
    functions: ['registerDataset', 'askMissing', 'grantShare', 'refuseShare'],
    tests: {
      'dataset/datasets': [
        'takes a conditional class with scope and conditions, and a refusing one with reason and law (art 15)',
        'takes no condition that the class does not allow (art 15)',
      ],
      'sharing/replies': [
        'is asked for what a request says and for listed conditions, for nothing else (art 15)',
        'has terms within the request, under listed conditions only (art 15, 25)',
        'has no conditions to cite when there are none',
      ],
    },
    codes: ['SHARE_TERMS_MISSING', 'SHARE_CONDITION_ADDED'],
    figures: ['extra-materials-refused', 'share-refusals'],
  },
  {
    id: 'sharing-13',
    zh: '政务数据目录项由数源部门负责人审核，经保密和个人信息影响评估，起草人不得审核',
    en: 'An entry is approved by the source’s head after its assessments, never by who worded it',
    basis: [
      cite(laws.sharing, { article: 13, paragraph: 1 }),
      cite(laws.personalInformation, { article: 55, item: 3 }),
    ],
    functions: ['registerDataset', 'approveDataset'],
    tests: {
      'dataset/datasets': [
        'is approved by the head of the source department, who did not word it (art 13, 16)',
        'asks for an impact assessment when a field is personal (PIPL art 55)',
        'belongs to the source department, and rests on one of its duties',
      ],
    },
    codes: [
      'ASSESSMENT_MISSING',
      'MAKER_IS_CHECKER',
      'ROLE_REFUSED',
      'WRONG_DEPARTMENT',
      'DIGEST_MISMATCH',
      'DUTY_UNKNOWN',
    ],
    figures: ['datasets'],
  },
  {
    id: 'sharing-16',
    zh: '政务数据目录项由政务数据共享主管部门两个工作日内审核公布（首次编制的，两个工作日是本系统规定），另一人审核；未公布的不得申请',
    en: 'The lead authority publishes an entry in two working days (of a first one a rule of this system), by another person; an unpublished one is not requested',
    basis: [
      cite(laws.sharing, { article: 16, paragraph: 1 }),
      cite(laws.sharing, { article: 17, paragraph: 3 }),
    ],
    functions: ['publishDataset', 'sendBackDataset', 'requestShare'],
    tests: {
      'dataset/datasets': [
        'is published by the lead authority within two working days, or late and marked so (art 17)',
        'is not reviewed by whoever worded or approved it, also when the lead authority is its source',
        'stays as published while the next version is under way or sent back',
      ],
      'sharing/replies': [
        'says basis, scenario, scope, method and term of a published, shareable data set (art 14, 16, 20, 22)',
      ],
    },
    codes: ['DATASET_NOT_PUBLISHED', 'MAKER_IS_CHECKER', 'WRONG_DEPARTMENT', 'WRONG_STATE'],
    figures: ['datasets'],
  },
  {
    id: 'sharing-17',
    zh: '法律、行政法规、国务院决定调整或者部门职责变化之日起十个工作日内更新政务数据目录，经同意可延长五个工作日（只延长一次、届满前同意，是本系统规定）；其他变化参照办理',
    en: 'An entry follows a change of law or of duties in ten working days, five more with consent (once, and in time, are rules of this system); other changes alike',
    basis: [cite(laws.sharing, { article: 17, paragraph: 2 })],
    functions: ['noteDatasetChange', 'extendDatasetUpdate'],
    tests: {
      'dataset/datasets': [
        'is updated within ten working days of that day (art 17)',
        'has five days more with the lead authority’s consent, once and in time (art 17)',
      ],
    },
    codes: ['EXTENSION_REFUSED', 'MAKER_IS_CHECKER', 'VALIDITY_INVALID', 'ALREADY_EXISTS'],
    figures: [],
  },
  {
    id: 'sharing-19-source',
    zh: '多个部门收集同一数据的，由政务数据共享主管部门明确数源部门；明确后其他部门不得另行编目、提供',
    en: 'Data that several departments collect have a source that the lead authority names; nobody else then catalogues or provides them',
    basis: [cite(laws.sharing, { article: 19, paragraph: 2 })],
    functions: ['nameSource', 'registerDataset', 'publishDataset', 'requestShare'],
    tests: {
      'dataset/topics': [
        'is open once two departments have entries about it, and none is published until its source is named (art 19)',
        'has its source named by the lead authority’s head, among several departments, and no source twice',
        'lets nobody but the named source word or publish an entry about it',
        'takes in entries that do not say what they are about, by the lead authority’s naming',
        'is asked for at the source once its entry is published',
      ],
    },
    codes: [
      'SOURCE_DEPARTMENT_NAMED',
      'SOURCE_NOT_NAMED',
      'SOURCE_NAMING_INVALID',
      'WRONG_DEPARTMENT',
      'ROLE_REFUSED',
      'ALREADY_EXISTS',
      'DATASET_UNKNOWN',
    ],
    figures: [],
  },
  {
    id: 'sharing-promise',
    zh: '数据集承诺的期限不得长于法定期限',
    en: 'A data set promises shorter limits than the law, never longer ones',
    basis: [cite(laws.sharing, { article: 21, paragraph: 1 }, { article: 22, paragraph: 1 })],
    functions: ['registerDataset'],
    tests: {
      'dataset/datasets': [
        'takes a promise that is shorter than the law, never a longer one (art 21, 22)',
      ],
    },
    codes: ['LIMIT_EXCEEDS_STATUTORY'],
    figures: ['share-reply-days'],
  },
  {
    id: 'sharing-20',
    zh: '申请须写明依据、场景、范围、方式、时限，由另一负责人同意后提出',
    en: 'A request says basis, scenario, scope, method and term, and is filed by another’s consent as head',
    basis: [
      cite(laws.sharing, { article: 14, item: 3 }),
      cite(laws.sharing, { article: 20, paragraph: 2 }),
      cite(laws.sharing, { article: 13, paragraph: 2 }, { article: 22, paragraph: 2 }),
    ],
    functions: ['requestShare', 'consentToRequest', 'withdrawRequest'],
    tests: {
      'sharing/replies': [
        'says basis, scenario, scope, method and term of a published, shareable data set (art 14, 16, 20, 22)',
        'is filed by the consent of a head who did not write it (art 20)',
        'is not consented to by its own writer',
        'is withdrawn by the requester until there is a reply',
      ],
    },
    codes: [
      'SHARE_CLASS_REFUSED',
      'SHARE_METHOD_REFUSED',
      'FIELD_UNKNOWN',
      'VALIDITY_INVALID',
      'MAKER_IS_CHECKER',
      'ROLE_REFUSED',
      'WRONG_DEPARTMENT',
      'WRONG_STATE',
    ],
    figures: ['share-requests-served'],
  },
  {
    id: 'sharing-20-reply',
    zh: '答复由经办人拟稿，经提供部门另一负责人同意后作出；按同意之日计算是否逾期',
    en: 'A reply is worded by one and given with the consent of another, a head of the provider; that day says whether it is late',
    basis: [cite(laws.sharing, { article: 20, paragraph: 3 })],
    functions: ['consentToReply', 'grantShare', 'refuseShare'],
    tests: {
      'sharing/replies': [
        'is given by the consent of a head of the provider who did not word it (art 20)',
        'can be worded anew until then, and the head consents to the wording that was read',
      ],
    },
    codes: ['NOTHING_TO_CONSENT', 'MAKER_IS_CHECKER', 'ROLE_REFUSED', 'WRONG_DEPARTMENT'],
    figures: ['share-replies-on-time'],
  },
  {
    id: 'sharing-21-notice',
    zh: '申请不完整的一次性告知补充，不得直接拒绝',
    en: 'What a request lacks is told once and in time; an incomplete one is not refused',
    basis: [cite(laws.sharing, { article: 21, paragraph: 2 })],
    functions: ['askMissing', 'supplementRequest', 'refuseShare'],
    tests: {
      'sharing/replies': [
        'is told so once and in time, all at once (art 21)',
        'is supplemented by the head with exactly what was asked for',
        'is not simply refused (art 21)',
      ],
    },
    codes: [
      'SHARE_SECOND_NOTICE',
      'SHARE_NOTICE_TOO_LATE',
      'SUPPLEMENT_MISMATCH',
      'SHARE_NOTICE_REQUIRED',
    ],
    figures: ['share-reply-days'],
  },
  {
    id: 'sharing-21-extension',
    zh: '答复经政务数据共享主管部门同意可延长，至多十个工作日；只延长一次、届满前同意，是本系统规定',
    en: 'A reply has ten working days more at most, with the lead authority’s consent; once, and before it is due, are rules of this system',
    basis: [cite(laws.sharing, { article: 21, paragraph: 1 })],
    functions: ['extendReply', 'allowExtension'],
    tests: {
      'sharing/replies': [
        'has at most ten days more, once, with the lead authority’s consent before it is due (art 21)',
        'is not consented to by whoever asked, where the lead authority is the provider',
      ],
    },
    codes: ['EXTENSION_REFUSED', 'MAKER_IS_CHECKER', 'WRONG_DEPARTMENT'],
    figures: ['share-replies-on-time'],
  },
  {
    id: 'sharing-21-refusal',
    zh: '不同意共享应当说明理由；理由须属本系统列明、各有条款依据的事由',
    en: 'A refusal gives its reasons; that they fall under a closed list, each ground with its article, is a rule of this system',
    basis: [cite(laws.sharing, { article: 21, paragraph: 2 })],
    functions: ['refuseShare'],
    tests: {
      'sharing/replies': ['names a ground of the closed list, which has its article (art 21)'],
    },
    codes: ['REFUSAL_BASIS_REQUIRED', 'WRONG_DEPARTMENT'],
    figures: ['share-refusal-rate', 'share-refusals'],
  },
  {
    id: 'sharing-22',
    zh: '同意后二十个工作日内提供，限于同意共享的数据项和使用期限，内容须与校验值一致',
    en: 'Delivered within twenty working days of the consent, within the granted fields and period, matching its digests',
    basis: [
      cite(laws.sharing, { article: 22, paragraph: 1 }),
      cite(laws.sharing, { article: 25, paragraph: 1 }),
    ],
    functions: ['deliverShare', 'confirmDelivery'],
    tests: {
      'sharing/use': [
        'come from the provider, within the granted fields and the granted period (art 22, 25)',
        'are the values of the digests, each and all',
        'are confirmed by the requester, once each time',
        'are not delivered before a grant, nor after the end',
      ],
    },
    codes: [
      'DELIVERY_MISMATCH',
      'SHARE_OUT_OF_TERM',
      'SHARE_SCOPE_EXCEEDED',
      'NOTHING_DELIVERED',
      'WRONG_STATE',
      'WRONG_DEPARTMENT',
    ],
    figures: ['share-requests-served'],
  },
  {
    id: 'sharing-24',
    zh: '数据回流由下级部门向上级部门提出，上级部门不得设置额外的限制条件',
    en: 'A return flow is asked by a lower level and takes no condition',
    basis: [cite(laws.sharing, { article: 24, paragraph: 1 })],
    functions: ['requestShare', 'grantShare', 'refuseShare'],
    tests: {
      'sharing/replies': [
        'is asked by a lower level only',
        'takes no condition, and is refused for secrecy or by a law only',
      ],
    },
    codes: ['RETURN_FLOW_REFUSED', 'SHARE_CONDITION_ADDED'],
    figures: ['return-flow-served'],
  },
  {
    id: 'sharing-25',
    zh: '同意共享的范围和条件不得超出申请；不得扩大使用范围、改变用途',
    en: 'Terms stay within the request; no wider scope, no other purpose',
    basis: [cite(laws.sharing, { article: 25, paragraph: 1 })],
    functions: ['grantShare', 'issueAttestation'],
    tests: {
      'sharing/replies': [
        'has terms within the request, under listed conditions only (art 15, 25)',
      ],
      'sharing/use': [
        'covers what is attested: data set, requester, fields and period (art 25)',
        'is needed for conditional data that the matter of the case does not list (art 20, 21)',
      ],
    },
    codes: [
      'SHARE_TERMS_EXCEED_REQUEST',
      'SHARE_SCOPE_EXCEEDED',
      'SHARE_OUT_OF_TERM',
      'SHARE_GRANT_REQUIRED',
      'ATTESTATION_MISMATCH',
    ],
    figures: ['share-requests-served'],
  },
];
