import { cite } from '../kernel/citation';
import { personalInformation, sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules of the data catalogue and of data sharing refuse; part of `contractErrors`. */
export const errors = {
  SHARE_CONDITION_ADDED: {
    zh: '不得自行增设共享条件。',
    en: 'No condition may be added to those the share class allows and the catalogue lists.',
    basis: [cite(sharing, { article: 15, paragraph: 1 }, { article: 24, paragraph: 1 })],
  },
  EXCLUSION_BASIS_REFUSED: {
    zh: '不予共享须有法律、行政法规或者国务院决定为依据。',
    en: 'Only a law, an administrative regulation or a decision of the State Council takes data out of sharing.',
    basis: [cite(sharing, { article: 14, item: 3 }, { article: 15, paragraph: 2 })],
  },
  DATASET_NOT_PUBLISHED: {
    zh: '数据目录项尚未审核公布。',
    en: 'The catalogue entry has not been reviewed and published.',
    basis: [cite(sharing, { article: 16, paragraph: 1 })],
  },
  ASSESSMENT_MISSING: {
    zh: '含个人信息的目录项须附个人信息保护影响评估。',
    en: 'An entry with personal fields needs a personal-information impact assessment.',
    basis: [
      cite(sharing, { article: 13, paragraph: 1 }),
      cite(personalInformation, { article: 55, item: 3 }),
    ],
  },
  ISSUER_NOT_ACCREDITED: {
    zh: '该部门不是此数据集的数源部门，也不是目录项指定的签发部门。',
    en: 'The department is neither the source of the data set nor an issuer its entry names.',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_DEPARTMENT_NAMED: {
    zh: '该类数据已明确数源部门，其他部门不得另行编目，也不得另行提供。',
    en: 'The lead authority has named the source department of these data: no other department catalogues or provides them.',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_NOT_NAMED: {
    zh: '多个部门收集同一数据的，须先由政务数据共享主管部门明确数源部门。',
    en: 'Several departments collect these data: the lead authority names their source department first.',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_NAMING_INVALID: {
    zh: '只能从已就该数据编制目录的部门中明确数源部门。',
    en: 'A source department is named among several that have entries about the same data.',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  EXTENSION_REFUSED: {
    zh: '延长须经政务数据共享主管部门同意，不得超过法定天数；只能延长一次、须在期限届满前同意，是本系统规则。',
    en: 'An extension needs the consent the law asks for and is no longer than it allows; that it is given once, and before the limit ends, is a rule of this system.',
    basis: {
      update: [cite(sharing, { article: 17, paragraph: 2 })],
      reply: [cite(sharing, { article: 21, paragraph: 1 })],
      house: [],
    },
  },
  SHARE_METHOD_REFUSED: {
    zh: '目录项不提供此共享方式。',
    en: 'The entry does not offer that way of sharing.',
    basis: [cite(sharing, { article: 13, paragraph: 2 }, { article: 22, paragraph: 2 })],
  },
  RETURN_FLOW_REFUSED: {
    zh: '数据回流由下级部门向上级部门提出；上级部门不得附加条件，无法定事由不得拒绝。',
    en: 'A return flow is asked by a lower level of a higher one, and is refused for secrecy or by a law only.',
    basis: [cite(sharing, { article: 24, paragraph: 1 })],
  },
  SHARE_SECOND_NOTICE: {
    zh: '所缺内容应当一次性告知，不得再次要求补充。',
    en: 'What a request lacks is told once.',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  SHARE_NOTICE_TOO_LATE: {
    zh: '答复期限已过，不得再要求补充。',
    en: 'The reply is overdue: nothing more may be asked for.',
  },
  SHARE_NOTICE_REQUIRED: {
    zh: '申请不完整的，应当一次性告知补充，不得直接拒绝。',
    en: 'An incomplete request is not refused: what it lacks is told once, and its supplement is waited for.',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  SUPPLEMENT_MISMATCH: {
    zh: '补充内容须与一次性告知的事项一致。',
    en: 'The supplement must be all that was asked for, and nothing else.',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  REFUSAL_BASIS_REQUIRED: {
    zh: '不同意共享应当说明理由；理由须属本系统列明、各有条款依据的事由。',
    en: 'A refusal gives its reasons, as the law asks; that they fall under the list, each ground of which has its article, is a rule of this system.',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  NOTHING_TO_CONSENT: {
    zh: '没有该序号的拟答复（终止、变更方案）待负责人同意：请核对其现行内容和序号。',
    en: 'No reply and no change of that number waits for consent: read what is worded now, and name its number.',
    basis: [cite(sharing, { article: 20, paragraph: 3 }, { article: 27, paragraph: 3 })],
  },
  SHARE_TERMS_EXCEED_REQUEST: {
    zh: '授权期限超出申请范围。',
    en: 'The terms reach beyond what was asked for.',
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_SCOPE_EXCEEDED: {
    zh: '超出授权的使用范围。',
    en: 'That goes beyond the fields that were granted.',
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_OUT_OF_TERM: {
    zh: '授权期限已过。',
    en: 'The period of the grant is over.',
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_GRANT_REQUIRED: {
    zh: '有条件共享的数据须先申请并获得授权。',
    en: 'Data shared on conditions need a grant, or a published matter that lists the data set.',
    basis: [cite(sharing, { article: 20, paragraph: 2 }, { article: 21, paragraph: 1 })],
  },
  DELIVERY_MISMATCH: {
    zh: '提供的数值与摘要不一致。',
    en: 'The values delivered are not those of the digests.',
  },
  NOTHING_DELIVERED: {
    zh: '尚未提供数据。',
    en: 'Nothing was delivered that is not confirmed.',
    basis: [cite(sharing, { article: 26, paragraph: 2 })],
  },
  NOTHING_TO_MOVE: {
    zh: '本部门没有需要移动的私有数值。',
    en: 'The department has no values of before that are still to be moved.',
  },
  SHARE_STOP_REFUSED: {
    zh: '提供部门无正当理由不得停止、暂停共享；确需终止或者变更的，应当与需求部门协商，并报政务数据共享主管部门备案。',
    en: 'A provider neither stops nor suspends a share without a ground the law gives; what it has to end or change it agrees with the requester, and that is filed with the lead authority.',
    basis: [cite(sharing, { article: 27, paragraph: 2 }, { article: 27, paragraph: 3 })],
  },
  DISPOSAL_NOT_DUE: {
    zh: '留存期限尚未届满。',
    en: 'The time to dispose of the data has not run out.',
    basis: [cite(sharing, { article: 27, paragraph: 1 })],
  },
  DISPUTE_LADDER: {
    zh: '争议应当按协商、协调处理、政府决定的顺序处理，不得越级：协调意见已提出且有一方不同意，或者由协调部门上报的，方可报本级人民政府决定。',
    en: 'A dispute is negotiated, then coordinated, then decided; no rung is skipped and none comes back. It goes to the government once what the coordinator proposed was not agreed to, or the coordinator reports so.',
    basis: [cite(sharing, { article: 28, paragraph: 2 })],
  },
  DISPUTE_BINDS: {
    zh: '争议处理结果已明确应当共享，不得再次不同意。',
    en: 'By agreement or decision the data are to be provided: they may not be refused again.',
    basis: [cite(sharing, { article: 28, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
