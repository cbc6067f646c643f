import { namesOf, type Vocabulary } from './words';

/** What can wait for a department. */
export const todoWords = {
  receive: { zh: '收件', en: 'acknowledge receipt' },
  check: { zh: '审核受理', en: 'check and accept' },
  supplement: { zh: '补正', en: 'supplement' },
  opinion: { zh: '出具意见', en: 'give an opinion' },
  decide: { zh: '作出决定', en: 'decide' },
  coDecide: { zh: '共同决定', en: 'decide beside the owner' },
  complete: { zh: '办结', en: 'complete' },
  deliver: { zh: '送达', en: 'deliver' },
  cosign: { zh: '会签', en: 'cosign' },
  publish: { zh: '公布', en: 'publish' },
  review: { zh: '复核', en: 'review' },
  approveExtension: { zh: '批准延期', en: 'approve an extension' },
  endProcedure: { zh: '结束特别程序', en: 'end a special procedure' },
  inspect: { zh: '核查承诺', en: 'inspect a commitment' },
  correct: { zh: '限期改正', en: 'put right' },
  revokeDecision: { zh: '撤销决定', en: 'revoke a decision' },
  answerTransfer: { zh: '答复移交', en: 'answer a hand-over' },
  resend: { zh: '重新送办', en: 'send a step again' },
  rule: { zh: '职责裁定', en: 'rule on a duty' },
  answerShare: { zh: '答复共享申请', en: 'answer a request for data' },
  deliverShare: { zh: '提供数据', en: 'deliver data' },
  answerChallenge: { zh: '答复校核', en: 'answer a challenge' },
  mendShare: { zh: '整改用数', en: 'mend the use of data' },
  disposeShare: { zh: '处置数据', en: 'dispose of data' },
  settleDispute: { zh: '处理共享争议', en: 'settle a dispute' },
  updateDataset: { zh: '更新目录', en: 'update a catalogue entry' },
  reviewDataset: { zh: '审核目录', en: 'review a catalogue entry' },
  explainCard: { zh: '说明红牌', en: 'explain a red card' },
  ruleCard: { zh: '裁定申诉', en: 'rule on an appeal' },
  replyOrder: { zh: '回复督办', en: 'reply to an order' },
  concludeOrder: { zh: '督办结论', en: 'conclude on a reply' },
  answerEvaluation: { zh: '差评整改', en: 'answer a bad evaluation' },
} satisfies Vocabulary;
export const todos = namesOf(todoWords);
export type Todo = keyof typeof todoWords;
