import { z } from 'zod';
import { command, heads, officials, query, staff, timekeepers } from '../kernel/operation';
import { page, pageOf, reformId, shareId } from '../kernel/scalars';
import { challengeRecord, disputeRecord } from './dispute-records';
import * as inputs from './inputs';
import { shareEventRecord, shareGrantRecord, shareRecord } from './records';
import { useRecord } from './use-records';

const shares = { plural: 'shares', key: 'shareId' } as const;

const onShare = { of: shares, output: shareRecord } as const;
const onDispute = { of: shares, output: disputeRecord } as const;
const onChallenge = { of: shares, output: challengeRecord } as const;

const replying = {
  'sharing.request': command({
    ...onShare,
    creates: true,
    input: inputs.requestShareInput,
    roles: staff,
    summary: {
      zh: '需求部门提出共享申请（待负责人同意）',
      en: "Request a share of a data set; it is filed with the head's consent",
    },
    done: { zh: '已提出共享申请', en: 'Requested a share' },
    leadsTo: 'consentRequest',
  }),
  'sharing.consent': command({
    ...onShare,
    input: inputs.shareOnlyInput,
    roles: heads,
    summary: {
      zh: '需求部门负责人同意申请，答复期限开始',
      en: "The requester's head consents: the request is filed and the reply clock starts",
    },
    leadsTo: 'answerShare',
  }),
  'sharing.withdraw': command({
    ...onShare,
    input: inputs.withdrawShareInput,
    roles: staff,
    summary: { zh: '撤回共享申请', en: 'The requester withdraws its request' },
  }),
  'sharing.askMissing': command({
    ...onShare,
    input: inputs.askMissingInput,
    roles: officials,
    summary: {
      zh: '一次性告知申请所缺内容',
      en: 'Tell once all that a request lacks',
    },
    leadsTo: 'supplementShare',
  }),
  'sharing.supplement': command({
    ...onShare,
    input: inputs.supplementShareInput,
    roles: heads,
    summary: {
      zh: '需求部门负责人补充共享申请',
      en: "The requester's head supplements all that was asked for",
    },
  }),
  'sharing.extend': command({
    ...onShare,
    input: inputs.extendReplyInput,
    roles: officials,
    summary: {
      zh: '提供部门申请延长答复期限',
      en: 'The provider asks for more time to reply',
    },
    leadsTo: 'allowExtension',
  }),
  'sharing.allowExtension': command({
    ...onShare,
    input: inputs.shareOnlyInput,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门同意延长答复期限',
      en: 'The lead authority consents to more time to reply',
    },
  }),
  'sharing.grant': command({
    ...onShare,
    input: inputs.grantShareInput,
    roles: officials,
    summary: {
      zh: '拟同意共享的答复，明确使用要求（待负责人同意）',
      en: "Word the grant of a request, with its terms; it is given with the head's consent",
    },
    leadsTo: 'consentReply',
  }),
  'sharing.refuse': command({
    ...onShare,
    input: inputs.refuseShareInput,
    roles: officials,
    summary: {
      zh: '拟不同意共享的答复（须有法定事由，待负责人同意）',
      en: "Word a refusal, on a legal ground of the closed list; it is given with the head's consent",
    },
    leadsTo: 'consentReply',
  }),
  'sharing.consentReply': command({
    ...onShare,
    input: inputs.consentReplyInput,
    roles: heads,
    summary: {
      zh: '提供部门负责人同意所拟答复，答复作出',
      en: "The provider's head consents to the reply as worded: it is given",
    },
    leadsTo: 'deliverShare',
  }),
} as const;

const using = {
  'sharing.deliver': command({
    of: shares,
    output: shareGrantRecord,
    input: inputs.deliverShareInput,
    private: inputs.deliverPrivately,
    roles: staff,
    summary: {
      zh: '提供数据（数值只进入双方专用数据区，不上链）',
      en: 'Deliver: digests on the ledger, values only to provider and requester',
    },
    leadsTo: 'confirmDelivery',
  }),
  'sharing.confirm': command({
    ...onShare,
    input: inputs.shareOnlyInput,
    roles: staff,
    summary: { zh: '需求部门确认收到数据', en: 'The requester confirms what was delivered' },
  }),
  'sharing.receipt': command({
    of: shares,
    output: useRecord,
    input: inputs.receiptInput,
    roles: staff,
    summary: {
      zh: '登记使用场景、过程、成效、存储、销毁情况',
      en: 'Record scenario, process, effect, storage and destruction of a use',
    },
  }),
  'sharing.challenge': command({
    ...onChallenge,
    input: inputs.challengeInput,
    roles: officials,
    summary: { zh: '提出校核申请', en: 'Challenge data that is wrong or incomplete' },
    done: { zh: '已提出校核申请', en: 'Challenged the data' },
    leadsTo: 'answerChallenge',
  }),
  'sharing.answerChallenge': command({
    ...onChallenge,
    input: inputs.answerChallengeInput,
    roles: officials,
    summary: { zh: '答复校核申请', en: 'Answer a challenge: corrected or confirmed' },
  }),
} as const;

const ending = {
  'sharing.suspend': command({
    ...onShare,
    input: inputs.suspendShareInput,
    roles: officials,
    summary: {
      zh: '因违规使用暂停共享（提供部门或者政务数据共享主管部门）',
      en: 'Suspend a share that is misused (its provider, or the lead authority)',
    },
    leadsTo: 'mendShare',
  }),
  'sharing.explainMisuse': command({
    ...onShare,
    input: inputs.noteOnShareInput,
    roles: officials,
    summary: {
      zh: '说明未暂停超范围使用的理由（提供部门或者政务数据共享主管部门）',
      en: 'Say why a use outside its grant is not suspended (the provider, or the lead authority)',
    },
  }),
  'sharing.orderCorrection': command({
    ...onShare,
    input: inputs.orderCorrectionInput,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门责令改正数据留存、安全问题',
      en: 'The lead authority orders what is kept too long or insecurely to be corrected',
    },
  }),
  'sharing.mend': command({
    ...onShare,
    input: inputs.noteOnShareInput,
    roles: officials,
    summary: { zh: '需求部门报告整改情况', en: 'The requester reports what it has mended' },
    leadsTo: 'resumeShare',
  }),
  'sharing.resume': command({
    ...onShare,
    input: inputs.noteOnShareInput,
    roles: officials,
    summary: {
      zh: '恢复共享（整改完成）',
      en: 'Whoever suspended resumes a share that was mended',
    },
  }),
  'sharing.dispute': command({
    ...onDispute,
    input: inputs.disputeInput,
    roles: officials,
    summary: { zh: '提出共享争议，先行协商', en: 'Open a dispute, which is negotiated first' },
    done: { zh: '已提出共享争议', en: 'Opened a dispute' },
    leadsTo: 'settleDispute',
  }),
  'sharing.escalateDispute': command({
    ...onDispute,
    input: inputs.escalateDisputeInput,
    roles: officials,
    summary: {
      zh: '将争议提请政务数据共享主管部门协调，协调不一致的报本级人民政府决定',
      en: 'Take a dispute to the lead authority (the common superior one across levels); without agreement there, to the government',
    },
    leadsTo: 'settleDispute',
  }),
  'sharing.decideDispute': command({
    ...onDispute,
    input: inputs.decideDisputeInput,
    roles: heads,
    summary: {
      zh: '处理争议（按所处阶段：协商一致、提出协调意见、同意协调意见或者决定）',
      en: 'Settle a dispute (by its stage: agree, propose, agree to what is proposed, or decide)',
    },
    leadsTo: 'settleDispute',
  }),
  'sharing.proposeChange': command({
    ...onShare,
    input: inputs.proposeChangeInput,
    roles: officials,
    summary: {
      zh: '提供部门提请协商终止或者变更共享服务',
      en: 'The provider proposes to end or change the service',
    },
    leadsTo: 'agreeChange',
  }),
  'sharing.agreeChange': command({
    ...onShare,
    input: inputs.agreeChangeInput,
    roles: heads,
    summary: {
      zh: '需求部门负责人同意终止或者变更，报政务数据共享主管部门备案',
      en: "The requester's head agrees to what is proposed; it is filed with the lead authority",
    },
  }),
  'sharing.end': command({
    ...onShare,
    input: inputs.endShareInput,
    roles: [...officials, 'gateway'],
    summary: { zh: '终止使用（提供部门：停止共享）', en: 'End a use, with its reason' },
    leadsTo: 'disposeShare',
  }),
  'sharing.dispose': command({
    ...onShare,
    input: inputs.noteOnShareInput,
    roles: officials,
    summary: {
      zh: '需求部门处置数据并清除专用数据区',
      en: 'The requester disposes of the data, and the private values are purged',
    },
  }),
  'sharing.succeed': command({
    ...onShare,
    input: z.strictObject({ shareId, reformId }),
    roles: timekeepers,
    finishes: true,
    summary: {
      zh: '共享按已生效的机构改革决定由承继部门继续',
      en: 'A share goes on with the departments that a reorganisation gives it',
    },
  }),
  'sharing.purgeExpired': command({
    ...onShare,
    input: inputs.shareOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '留存期满清除专用数据区',
      en: 'Purge private values whose retention is over; any member may',
    },
  }),
  'sharing.moveValues': command({
    of: shares,
    output: shareGrantRecord,
    input: inputs.shareOnlyInput,
    ownPeers: true,
    roles: officials,
    summary: {
      zh: '把本部门早先的数值移入按读取岗位划分的专用数据区',
      en: "Move a department's values of before into the collections of their readers",
    },
  }),
} as const;

export const commands = { ...replying, ...using, ...ending } as const;

export const queries = {
  'sharing.get': query({
    audience: 'concerned',
    input: inputs.shareOnlyInput,
    output: shareRecord,
    summary: { zh: '查询共享', en: 'One share' },
  }),
  'sharing.grantOf': query({
    audience: 'concerned',
    input: inputs.shareOnlyInput,
    output: shareGrantRecord,
    summary: { zh: '查询同意共享与提供情况', en: "A share's grant and its deliveries" },
  }),
  'sharing.events': query({
    audience: 'concerned',
    input: z.strictObject({ shareId, ...page }),
    output: pageOf(shareEventRecord),
    summary: { zh: '共享全部办理记录', en: "A share's events in order" },
  }),
  'sharing.receipts': query({
    audience: 'concerned',
    input: z.strictObject({ shareId, ...page }),
    output: pageOf(useRecord),
    summary: { zh: '共享的使用记录', en: "A share's recorded uses" },
  }),
  'sharing.values': query({
    audience: 'readers',
    input: inputs.shareOnlyInput,
    output: inputs.shareValues,
    summary: {
      zh: '读取本部门专用数据区中的数值',
      en: "The private values, from the reader's own department's collection",
    },
  }),
} as const;
