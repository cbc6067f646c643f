import { cite } from '../kernel/citation';
import { onceReform, sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about matters refuse. */
export const errors = {
  LIMIT_EXCEEDS_STATUTORY: {
    zh: '承诺办结时限超过法定办结时限。',
    en: 'The promised limit is longer than the statutory one.',
    basis: [cite(onceReform, 12), cite(sharing, 21, 22)],
  },
  FLOW_INVALID: { zh: '办理流程图有误。', en: 'The flow of steps is not a proper graph.' },
  MATERIAL_LIST_INVALID: {
    zh: '材料清单有误。',
    en: 'The list of materials contradicts itself.',
    basis: [cite(onceReform, 7)],
  },
  MATTER_NOT_PUBLISHED: {
    zh: '事项版本未公布。',
    en: 'The matter version is not published.',
    basis: [cite(onceReform, 4)],
  },
  MATERIAL_UNKNOWN: {
    zh: '办事指南中没有该材料，不得要求提供。',
    en: 'The matter lists no such material; it may not be asked for.',
    basis: [cite(onceReform, { article: 43, item: 3 })],
  },
  DUTY_CHANGED: {
    zh: '起草之后职责条目已经变更，须重新起草。',
    en: 'The duty changed after the matter was drafted: draft it again.',
    basis: [cite(onceReform, 4)],
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
    basis: [cite(onceReform, 12)],
  },
  MATERIAL_COVERED: {
    zh: '该材料已有数据集可供共享：无条件共享的不得要求申请人提供，有条件共享的须列明该数据集。',
    en: 'A published data set covers that material: an unconditional one takes its place, a conditional one is offered beside it.',
    basis: [cite(sharing, 14, 19)],
  },
  MATERIAL_CATCH_ALL: {
    zh: '材料清单不得有“其他材料”等兜底条款。',
    en: 'A list of materials has no catch-all: each material is named.',
    basis: [cite(onceReform, 7, { article: 43, item: 3 })],
  },
} satisfies ContractErrorMeanings;
