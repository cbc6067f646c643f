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
    zh: '承诺办结时限（{promised} 个工作日）超过法定办结时限（{statutory} 个工作日）。',
    en: 'The promised limit ({promised} working days) is longer than the statutory one ({statutory}).',
    basis: {
      matter: [cite(onceReform, { article: 12, paragraph: 1 })],
      dataset: [cite(sharing, { article: 21, paragraph: 1 }, { article: 22, paragraph: 1 })],
    },
  },
  FLOW_INVALID: {
    zh: '办理流程有误[：{step}]。',
    en: 'The flow of steps is not a proper graph[: {step}].',
    causes: {
      unknownPrior: {
        zh: '办理流程有误：“{step}”的前置环节不存在。',
        en: 'The flow is wrong: a step before {step} does not exist.',
      },
      cycle: {
        zh: '办理流程有误：“{step}”的前后环节形成循环。',
        en: 'The flow is wrong: {step} waits for itself.',
      },
      sequentialWithoutPrior: {
        zh: '办理流程有误：“{step}”为串联环节，须有前置环节。',
        en: 'The flow is wrong: {step} is sequential and comes after none.',
      },
      longerThanPromised: {
        zh: '办理流程有误：各环节时限合计最长 {longest} 个工作日，超过承诺办结时限 {promisedDays} 个工作日。',
        en: 'The flow is wrong: its longest way takes {longest} working days, the promised limit is {promisedDays}.',
      },
      matterTwice: {
        zh: '“一件事”中同一事项（{step}）只能出现一次。',
        en: 'A one thing has each matter once: {step}.',
      },
    },
    next: { zh: '请更正流程后重新提交。', en: 'Correct the flow and send it again.' },
  },
  MATERIAL_LIST_INVALID: {
    zh: '材料清单有误[：{code}]。',
    en: 'The list of materials contradicts itself[: {code}].',
    causes: {
      paperOfElectronic: {
        zh: '材料清单有误：材料“{code}”为电子材料，不得要求纸质份数。',
        en: 'The material {code} is electronic and asks for no copies on paper.',
      },
      sharingWithoutDataset: {
        zh: '材料清单有误：材料“{code}”由共享取得，须注明数据集。',
        en: 'The material {code} comes by sharing: name its data set.',
      },
      inTwoGroups: {
        zh: '材料清单有误：材料“{code}”列入了两组。',
        en: 'The material {code} is in two groups.',
      },
      codeTwice: {
        zh: '材料清单有误：材料“{code}”重复。',
        en: 'The material {code} is listed twice.',
      },
      tooMany: {
        zh: '材料清单有误：材料不得超过 {limit} 项。',
        en: 'There are at most {limit} materials.',
      },
    },
    next: { zh: '请更正材料清单后重新提交。', en: 'Correct the list and send it again.' },
    basis: [
      cite(licensing, { article: 30, paragraph: 1 }),
      cite(onceReform, { article: 4, paragraph: 2 }),
    ],
  },
  MATTER_NOT_PUBLISHED: {
    zh: '{record}当前为“{state}”，尚未公布或者已经停用。',
    en: '{record} is "{state}", not published.',
    basis: [cite(onceReform, { article: 4, paragraph: 3 })],
  },
  MATERIAL_UNKNOWN: {
    zh: '办事指南中没有材料“{code}”，不得要求提供。',
    en: 'The matter lists no material {code}; it may not be asked for.',
    next: { zh: '请使用办事指南所列材料。', en: 'Use what the matter lists.' },
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 43, item: 3 })],
  },
  DUTY_CHANGED: {
    zh: '起草之后职责条目已经变更（起草时第 {drafted} 版，现为第 {now} 版），须重新起草。',
    en: 'The duty changed after the matter was drafted (version {drafted}, now {now}): draft it again.',
    acts: ['matter.draft'],
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
    zh: '改革前时限（{previousLimit}）须与已公布版本一致：{allowed}。',
    en: 'The previous limit ({previousLimit}) must be that of the published version, or what that version promised: {allowed}.',
  },
  MATERIAL_COVERED: {
    zh: '材料“{code}”已有数据集（{datasets}，{shareClass}）可供共享：无条件共享的不得要求申报部门提供，有条件共享的须列明该数据集。',
    en: 'A published data set ({datasets}, {shareClass}) covers the material {code}: an unconditional one takes its place, a conditional one is offered beside it.',
    basis: [
      cite(sharing, 14, { article: 19, paragraph: 1 }),
      cite(onceReform, { article: 7, paragraph: 2 }),
      cite(onlineServices, { article: 7, paragraph: 1 }),
    ],
  },
  MATERIAL_CATCH_ALL: {
    zh: '材料清单不得有“其他材料”等兜底条款：{name}（{code}）。',
    en: 'A list of materials has no catch-all: {name} ({code}).',
    basis: [
      cite(licensing, { article: 30, paragraph: 1 }),
      cite(onceReform, { article: 4, paragraph: 2 }, { article: 43, item: 3 }),
    ],
  },
  CONSULTATION_MISSING: {
    zh: '面向公众的事项（{taskCodes}），公布前须由县级以上人民政府公示草案、征求意见，并登记公示起止、载体和结果。',
    en: 'The draft of a list for the public ({taskCodes}) is made public and consulted on by the government, and that is recorded, before it is published.',
    acts: ['matter.recordConsultation', 'oneThing.recordConsultation'],
    basis: [citeOutright(onceReform, { article: 4, paragraph: 3 })],
  },
  LAW_STANDING_UNFOUNDED: {
    zh: '须按事项类型写明适用或者参照哪些法律：行政许可适用，非许可事项只能参照；参照的，须写明作出该决定的文件，并列入本事项的依据文件。',
    en: 'A matter says which laws apply and which it only follows: a licence is under them, nothing else is under the Licensing Law; what is followed names the document, among the matter’s own, that has it so.',
    causes: {
      documentNotListed: {
        zh: '参照《{law}》所依据的文件“{document}”，须列入本事项的依据文件。',
        en: 'What has {law} followed, {document}, is to be among the matter’s own documents.',
      },
    },
    basis: [citeOutright(licensing, 3), citeOutright(onceReform, 2)],
  },
  STATUTORY_LIMIT_UNFOUNDED: {
    zh: '行政许可须有法定办结时限：单独办理不超过二十个工作日（法律、法规另有规定的须引用），联合办理不超过四十五个工作日。',
    en: 'A licence has a statutory limit: at most twenty working days, or what a law or regulation that is cited sets; at most forty-five when departments act jointly.',
    basis: [citeOutright(licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
