import { cite } from '../../kernel/citation';
import { licensing, onceReform, type ContractErrorMeanings } from '../../kernel/laws';

/** What is refused of steps and their opinions. */
export const stepErrors = {
  STEP_UNKNOWN: {
    zh: '该办件没有“{stepId}”环节[；待办环节为：{waiting}]。',
    en: 'The case has no step {stepId}[; these wait: {waiting}].',
    next: { zh: '[请改用待办环节：{waiting}。]', en: '[Name one that waits: {waiting}.]' },
  },
  STEP_NOT_OPEN: {
    zh: '环节“{stepId}”尚未开始：前置环节{after}尚未出具意见。',
    en: 'The step {stepId} is not open: earlier ones have no opinion yet ({after}).',
    next: { zh: '请先由前置环节出具意见：{after}。', en: 'First come the opinions of {after}.' },
    acts: ['case.opinion'],
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
  STEP_NOT_OVERDUE: {
    zh: '环节“{stepId}”的期限（至 {dueOn}）尚未届满[，自 {from} 起方可办理]。',
    en: 'The time of the step {stepId} ({dueOn}) has not run out[; it counts as passed from {from}].',
    next: { zh: '[请等候至 {from}。]', en: '[Wait until {from}.]' },
  },
  ALREADY_ESCALATED: {
    zh: '环节“{stepId}”已于 {escalatedAt} 升级督办。',
    en: 'The step {stepId} was escalated at {escalatedAt}.',
    acts: ['case.passStep'],
  },
  NOT_ESCALATED: {
    zh: '环节“{stepId}”没有升级督办，不能径行办理。',
    en: 'The step {stepId} has not been escalated and cannot be passed over.',
    acts: ['case.lapseStep'],
  },
  PASSING_TOO_EARLY: {
    zh: '升级督办后，会办部门的答复期限（至 {waitUntil}）尚未届满，不得径行办理[；自 {from} 起方可办理]。',
    en: 'After the escalation the department may still answer until {waitUntil}[; that counts as passed from {from}].',
    next: { zh: '[请等候至 {from}。]', en: '[Wait until {from}.]' },
  },
  POLICY_NOT_CITED: {
    zh: '环节“{step}”超时默认同意所引用的政策文件“{policyDocument}”，不在本事项版本所列的依据文件中。',
    en: 'The step {step} takes silence for agreement by {policyDocument}, which the matter version does not list.',
    next: { zh: '请将该文件列入依据文件。', en: 'List that document among the matter’s own.' },
  },
  ALREADY_RETURNED: {
    zh: '环节“{stepId}”已于 {returnedAt} 退件一次。',
    en: 'The step {stepId} was returned at {returnedAt}, and is once only.',
    acts: ['case.opinion'],
  },
  STEP_NOT_RETURNED: {
    zh: '环节“{stepId}”没有退件，无须重新送办。',
    en: 'The step {stepId} has not been returned, or is sent again already.',
  },
  FORWARD_INCOMPLETE: {
    zh: '环节“{stepId}”转报须注明上级机关并附转报文件。',
    en: 'Forwarding the step {stepId} names the organ above and carries the letter to it.',
    next: { zh: '请补填后重新提交。', en: 'Add that and send it again.' },
  },
  OPINION_FORWARDED: {
    zh: '环节“{stepId}”已转报{organ}[（答复期限至 {dueOn}）]，须登记上级答复后方可办理。',
    en: 'The step {stepId} lies with {organ}[ (until {dueOn})]: what comes next is the answer from above.',
    acts: ['case.answerForwarded'],
  },
  NOT_FORWARDED: {
    zh: '环节“{stepId}”没有转报，或者上级已经答复。',
    en: 'The step {stepId} was not forwarded, or the answer from above is there.',
    acts: ['case.opinion'],
  },
  OPINIONS_OUTSTANDING: {
    zh: '尚有环节未出具意见：{steps}。',
    en: 'Opinions are outstanding: {steps}.',
    next: {
      zh: '请等候或者催办；逾期的，可以升级督办。',
      en: 'Wait, or remind them; an overdue one can be escalated.',
    },
    acts: ['case.opinion', 'urge.send', 'case.lapseStep'],
    basis: [cite(licensing, { article: 26, paragraph: 2 })],
  },
  OPINION_DISAGREES: {
    zh: '有环节不同意（{steps}），不得批准。',
    en: 'A department disagrees ({steps}).',
    next: {
      zh: '请其修改意见，或者召开协调会；协调不一致的，报本级人民政府决定。',
      en: 'Let it give its opinion again, meet with it, or have the government decide.',
    },
    acts: ['case.reviseOpinion', 'case.recordMeeting', 'case.ruleOpinion'],
  },
  OPINION_AGREES: {
    zh: '环节“{stepId}”没有不同意见。',
    en: 'The step {stepId} does not disagree.',
  },
  OPINION_RULED: {
    zh: '环节“{stepId}”的不同意见已有决定。',
    en: 'The disagreement of the step {stepId} has been decided on.',
  },
  MEETING_INCOMPLETE: {
    zh: '协调会须有实施主体和持不同意见的部门参加；未参加：{absent}。',
    en: 'The owner and the department that disagrees are at the meeting; absent: {absent}.',
  },
  MEETING_MISSING: {
    zh: '环节“{stepId}”须先召开协调会并登记纪要，由持不同意见的部门表态（或者其表态期限已过）。',
    en: 'For the step {stepId} there first is the meeting with its record, and the word of the department that disagrees or the end of its days.',
    acts: ['case.recordMeeting', 'case.reviseOpinion'],
  },
} satisfies ContractErrorMeanings;
