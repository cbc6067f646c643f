import { cite } from '../kernel/citation';
import { personalInformation, sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules of the data catalogue and of data sharing refuse; part of `contractErrors`. */
export const errors = {
  SHARE_CONDITION_ADDED: {
    zh: '不得自行增设共享条件[：{added}][；目录所列条件：{listed}]。',
    en: 'No condition may be added to those the share class allows and the catalogue lists[: {added}][; listed: {listed}].',
    basis: [cite(sharing, { article: 15, paragraph: 1 }, { article: 24, paragraph: 1 })],
  },
  EXCLUSION_BASIS_REFUSED: {
    zh: '不予共享须有法律、行政法规或者国务院决定为依据；所引用的是：{ranks}。',
    en: 'Only a law, an administrative regulation or a decision of the State Council takes data out of sharing; cited: {ranks}.',
    basis: [cite(sharing, { article: 14, item: 3 }, { article: 15, paragraph: 2 })],
  },
  DATASET_NOT_PUBLISHED: {
    zh: '数据目录项“{datasetId}”尚未审核公布。',
    en: 'The catalogue entry {datasetId} has not been reviewed and published.',
    acts: ['dataset.approve', 'dataset.publish'],
    basis: [cite(sharing, { article: 16, paragraph: 1 })],
  },
  ASSESSMENT_MISSING: {
    zh: '含个人信息的目录项须附个人信息保护影响评估；含个人信息的字段：{personalFields}。',
    en: 'An entry with personal fields ({personalFields}) needs a personal-information impact assessment.',
    basis: [
      cite(sharing, { article: 13, paragraph: 1 }),
      cite(personalInformation, { article: 55, item: 3 }),
    ],
  },
  ISSUER_NOT_ACCREDITED: {
    zh: '{department}不是政务数据目录项“{datasetId}”的数源部门，也不是目录项指定的签发部门；可以签发的是：{accredited}。',
    en: '{department} is neither the source of the data set {datasetId} nor an issuer its entry names; these are: {accredited}.',
    next: { zh: '请由{accredited}签发。', en: 'Leave it to {accredited}.' },
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_DEPARTMENT_NAMED: {
    zh: '该类数据已明确数源部门（{source}），其他部门不得另行编目，也不得另行提供[；请使用政务数据目录项“{instead}”]。',
    en: 'The source department of these data is {source}: no other department catalogues or provides them[; use the data set {instead}].',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_NOT_NAMED: {
    zh: '多个部门（{departments}）收集同一数据的，须先由政务数据共享主管部门明确数源部门。',
    en: 'Several departments ({departments}) collect these data: the lead authority names their source department first.',
    acts: ['dataset.nameSource'],
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  SOURCE_NAMING_INVALID: {
    zh: '只能从已就该数据编制目录的部门（{departments}）中明确数源部门。',
    en: 'A source department is named among those that have entries about the same data: {departments}.',
    basis: [cite(sharing, { article: 19, paragraph: 2 })],
  },
  EXTENSION_REFUSED: {
    zh: '只能延长一次，须在期限届满前经政务数据共享主管部门同意，且不超过法定天数。',
    en: 'An extension is given once, with the consent the law asks for, before the limit ends, and is no longer than the law allows.',
    causes: {
      again: { zh: '只能延长一次，已经延长过。', en: 'It is extended once, and has been.' },
      tooLong: {
        zh: '延长 {days} 个工作日，超过法定天数。',
        en: '{days} working days are more than the law allows.',
      },
      notAsked: {
        zh: '提供部门尚未申请延长。',
        en: 'The provider has not asked for an extension.',
      },
      late: {
        zh: '期限（至 {dueOn}）已过，不能再延长。',
        en: 'The limit ({dueOn}) has run out and cannot be extended any more.',
      },
    },
    basis: {
      update: [cite(sharing, { article: 17, paragraph: 2 })],
      reply: [cite(sharing, { article: 21, paragraph: 1 })],
      house: [],
    },
  },
  SHARE_METHOD_REFUSED: {
    zh: '目录项不提供此共享方式（{method}）；可以选用：{offered}。',
    en: 'The entry does not offer that way of sharing ({method}); it offers: {offered}.',
    basis: [cite(sharing, { article: 13, paragraph: 2 }, { article: 22, paragraph: 2 })],
  },
  RETURN_FLOW_REFUSED: {
    zh: '数据回流由下级部门向上级部门提出；上级部门不得附加条件，无法定事由不得拒绝[（需求部门为{requester}，提供部门为{provider}）][；可用的事由：{allowed}]。',
    en: 'A return flow is asked by a lower level of a higher one[ (here {requester} of {provider})], and is refused for secrecy or by a law only[: {allowed}].',
    basis: [cite(sharing, { article: 24, paragraph: 1 })],
  },
  SHARE_SECOND_NOTICE: {
    zh: '所缺内容应当一次性告知（已于 {at} 告知），不得再次要求补充。',
    en: 'What a request lacks is told once; it was at {at}.',
    acts: ['sharing.grant', 'sharing.refuse'],
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  SHARE_NOTICE_TOO_LATE: {
    zh: '答复期限（至 {dueOn}）已过，不得再要求补充。',
    en: 'The reply is overdue ({dueOn}): nothing more may be asked for.',
    acts: ['sharing.grant', 'sharing.refuse'],
  },
  SHARE_NOTICE_REQUIRED: {
    zh: '申请不完整的，应当一次性告知补充，不得直接拒绝。',
    en: 'An incomplete request is not refused: what it lacks is told once, and its supplement is waited for.',
    acts: ['sharing.askMissing'],
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  SUPPLEMENT_MISMATCH: {
    zh: '补充内容须与一次性告知的事项一致[；尚缺：{missing}][；未要求的：{notAsked}]。',
    en: 'The supplement must be all that was asked for, and nothing else[; missing: {missing}][; not asked for: {notAsked}].',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  REFUSAL_BASIS_REQUIRED: {
    zh: '不同意共享应当说明理由，理由须属本系统列明、各有条款依据的事由[；可用的事由：{allowed}][；尚缺：{missing}]。',
    en: 'A refusal gives its reasons under the list[: {allowed}][; missing: {missing}].',
    basis: [cite(sharing, { article: 21, paragraph: 2 })],
  },
  NOTHING_TO_CONSENT: {
    zh: '没有序号为 {seq} 的拟答复（终止、变更方案）待负责人同意[；待同意的序号为 {waiting}]。',
    en: 'No reply and no change of number {seq} waits for consent[; number {waiting} does].',
    next: { zh: '请核对其现行内容和序号。', en: 'Read what is worded now, and name its number.' },
    basis: [cite(sharing, { article: 20, paragraph: 3 }, { article: 27, paragraph: 3 })],
  },
  SHARE_TERMS_EXCEED_REQUEST: {
    zh: '同意使用期限（{period}）超出申请范围（{asked}）。',
    en: 'The period of the terms ({period}) reaches beyond what was asked for ({asked}).',
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_SCOPE_EXCEEDED: {
    zh: '超出同意使用的范围：{codes}。',
    en: 'That goes beyond the fields that were granted: {codes}.',
    next: { zh: '需要更多内容的，请另行申请。', en: 'Ask for more with another request.' },
    acts: ['sharing.request'],
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_OUT_OF_TERM: {
    zh: '不在同意使用期限（{from} 至 {to}）内。',
    en: 'That is not within the period of the grant ({from} to {to}).',
    next: { zh: '需要继续使用的，请重新申请。', en: 'Ask again to go on.' },
    acts: ['sharing.request'],
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
  SHARE_GRANT_REQUIRED: {
    zh: '政务数据目录项“{datasetId}”有条件共享，须先申请并获得同意。',
    en: 'The data set {datasetId} is shared on conditions: it needs a grant, or a published matter that lists it.',
    acts: ['sharing.request'],
    basis: [cite(sharing, { article: 20, paragraph: 2 }, { article: 21, paragraph: 1 })],
  },
  DELIVERY_MISMATCH: {
    zh: '提供的数值与校验值不一致[：{codes}]。',
    en: 'The values delivered are not those of the digests[: {codes}].',
    causes: {
      nothing: {
        zh: '没有提供任何内容，请至少填写一项：{missing}。',
        en: 'Nothing is delivered; give at least one of: {missing}.',
      },
    },
  },
  NOTHING_DELIVERED: {
    zh: '{record}尚未提供数据，或者已全部确认。',
    en: 'Nothing was delivered in {record} that is not confirmed.',
    acts: ['sharing.deliver'],
    basis: [cite(sharing, { article: 26, paragraph: 2 })],
  },
  NOTHING_TO_MOVE: {
    zh: '本部门没有需要移动的早先数值。',
    en: 'The department has no values of before that are still to be moved.',
  },
  SHARE_STOP_REFUSED: {
    zh: '提供部门无正当理由不得停止、暂停共享[（{ground}）；可用的事由：{allowed}]；确需终止或者变更的，应当与需求部门协商，并报政务数据共享主管部门备案。',
    en: 'A provider neither stops nor suspends a share without a ground the law gives[ ({ground}; these are: {allowed})]; what it has to end or change it agrees with the requester, and that is filed with the lead authority.',
    causes: {
      termRuns: {
        zh: '同意使用期限（至 {to}）尚未届满[，自 {from} 起方可登记]。',
        en: 'The period of the grant ({to}) has not run out[; it counts as passed from {from}].',
      },
      notSuspended: {
        zh: '提供部门不得直接停止共享：违规使用的，须先暂停。',
        en: 'A provider does not stop a share at once: it suspends it for misuse first.',
      },
      notAgreed: {
        zh: '终止共享服务，须先提请协商并经需求部门同意。',
        en: 'The end of a service is proposed and agreed to first.',
      },
      notYet: {
        zh: '双方商定自 {from} 起终止，尚未到期。',
        en: 'It was agreed to end from {from}.',
      },
      timeToMend: {
        zh: '整改期限（至 {mendBy}）尚未届满[，自 {from} 起方可终止]。',
        en: 'The time to mend ({mendBy}) has not run out[; it counts as passed from {from}].',
      },
    },
    acts: ['sharing.proposeChange'],
    basis: [cite(sharing, { article: 27, paragraph: 2 }, { article: 27, paragraph: 3 })],
  },
  DISPOSAL_NOT_DUE: {
    zh: '留存期限（至 {disposeBy}）尚未届满[，自 {from} 起方可清除]。',
    en: 'The time to dispose of the data ({disposeBy}) has not run out[; it counts as passed from {from}].',
    basis: [cite(sharing, { article: 27, paragraph: 1 })],
  },
  DISPUTE_LADDER: {
    zh: '{record}{status}（{stage}），不能再提请：争议按协商、协调处理、政府决定的顺序处理，不得越级。',
    en: '{record} cannot be taken further: a dispute is negotiated, then coordinated, then decided; no rung is skipped and none comes back. It is at: {stage} ({status}).',
    causes: {
      notCoordinated: {
        zh: '{record}{status}（{stage}），{office}尚未提出协调意见，不得报本级人民政府决定。',
        en: '{record} is at {stage} ({status}); what {office} proposes comes first.',
      },
      notAnswered: {
        zh: '{record}{status}（{stage}），协调意见尚无一方不同意；有一方不同意，或者由{office}上报的，方可报本级人民政府决定。',
        en: '{record} is at {stage} ({status}); it goes to the government once a side disagrees with the proposal, or {office} reports so.',
      },
    },
    next: {
      zh: '各阶段由谁办理、已经提出的意见，见争议的办理情况。',
      en: 'Whose turn it is, and what was said, stands with the dispute.',
    },
    basis: [cite(sharing, { article: 28, paragraph: 2 })],
  },
  DISPUTE_BINDS: {
    zh: '争议处理决定已明确应当共享，不得再次不同意。',
    en: 'By agreement or decision the data are to be provided: they may not be refused again.',
    acts: ['sharing.grant'],
    basis: [cite(sharing, { article: 28, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
