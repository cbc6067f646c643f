import { cite, citeOutright } from '../kernel/citation';
import {
  licensing,
  onceReform,
  onlineServices,
  sharing,
  type ContractErrorMeanings,
} from '../kernel/laws';

/** What the rules about matters refuse. */
export const errors = {
  LIMIT_EXCEEDS_STATUTORY: {
    zh: '承诺办结时限超过法定办结时限。',
    en: 'The promised limit is longer than the statutory one.',
    basis: {
      matter: [cite(onceReform, { article: 12, paragraph: 1 })],
      dataset: [cite(sharing, { article: 21, paragraph: 1 }, { article: 22, paragraph: 1 })],
    },
  },
  FLOW_INVALID: { zh: '办理流程图有误。', en: 'The flow of steps is not a proper graph.' },
  MATERIAL_LIST_INVALID: {
    zh: '材料清单有误。',
    en: 'The list of materials contradicts itself.',
    basis: [
      cite(licensing, { article: 30, paragraph: 1 }),
      cite(onceReform, { article: 4, paragraph: 2 }),
    ],
  },
  MATTER_NOT_PUBLISHED: {
    zh: '事项版本未公布。',
    en: 'The matter version is not published.',
    basis: [cite(onceReform, { article: 4, paragraph: 3 })],
  },
  MATERIAL_UNKNOWN: {
    zh: '办事指南中没有该材料，不得要求提供。',
    en: 'The matter lists no such material; it may not be asked for.',
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 43, item: 3 })],
  },
  DUTY_CHANGED: {
    zh: '起草之后职责条目已经变更，须重新起草。',
    en: 'The duty changed after the matter was drafted: draft it again.',
    basis: [cite(onceReform, { article: 4, paragraph: 1 })],
  },
  REVIEW_NOT_OPEN: {
    zh: '该事项没有针对此职责版本的待办复核。',
    en: 'The matter has no open review for that version of its duty.',
  },
  REVIEW_NOT_DUE: {
    zh: '职责没有新的变更，事项无须复核。',
    en: 'The duty has no change that the matter was not marked for.',
  },
  PREVIOUS_LIMIT_INVALID: {
    zh: '改革前时限须与已公布版本一致。',
    en: 'The previous limit must be that of the published version, or what that version promised.',
  },
  MATERIAL_COVERED: {
    zh: '该材料已有数据集可供共享：无条件共享的不得要求申请人提供，有条件共享的须列明该数据集。',
    en: 'A published data set covers that material: an unconditional one takes its place, a conditional one is offered beside it.',
    basis: [
      cite(sharing, 14, { article: 19, paragraph: 1 }),
      cite(onceReform, { article: 7, paragraph: 2 }),
      cite(onlineServices, { article: 7, paragraph: 1 }),
    ],
  },
  MATERIAL_CATCH_ALL: {
    zh: '材料清单不得有“其他材料”等兜底条款。',
    en: 'A list of materials has no catch-all: each material is named.',
    basis: [
      cite(licensing, { article: 30, paragraph: 1 }),
      cite(onceReform, { article: 4, paragraph: 2 }, { article: 43, item: 3 }),
    ],
  },
  CONSULTATION_MISSING: {
    zh: '面向公众的事项清单，公布前须由县级以上人民政府公示草案、征求意见，并登记公示起止、载体和结果。',
    en: 'The draft of a list for the public is made public and consulted on by the government, and that is recorded, before it is published.',
    basis: [citeOutright(onceReform, { article: 4, paragraph: 3 })],
  },
  LAW_STANDING_UNFOUNDED: {
    zh: '须按事项类型写明适用或者参照哪些法律：行政许可适用，非许可事项只能参照；参照的，须写明作出该决定的文件，并列入本事项的依据文件。',
    en: 'A matter says which laws apply and which it only follows: a licence is under them, nothing else is under the Licensing Law; what is followed names the document, among the matter’s own, that has it so.',
    basis: [citeOutright(licensing, 3), citeOutright(onceReform, 2)],
  },
  STATUTORY_LIMIT_UNFOUNDED: {
    zh: '行政许可须有法定办结时限：单独办理不超过二十个工作日（法律、法规另有规定的须引用），联合办理不超过四十五个工作日。',
    en: 'A licence has a statutory limit: at most twenty working days, or what a law or regulation that is cited sets; at most forty-five when departments act jointly.',
    basis: [citeOutright(licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
