import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const asked = ['department', 'requester', 'dataset'] as const;

const shares = figuresOf('share', [...asked, 'class'], { known: 'others' });
const replies = figuresOf('reply', [...asked, 'basis'], { known: 'own' });
const extensions = figuresOf('shareExtension', asked, { known: 'others' });
const datasets = figuresOf('dataset', ['class', 'department'], {
  known: 'others',
  scope: 'standing',
});
const attestations = figuresOf('attestation', asked, { known: 'own' });
const challenges = figuresOf('challenge', [...asked, 'outcome'], { known: 'own' });
const disputes = figuresOf('disputeStage', ['stage', 'subject', 'department', 'requester'], {
  known: 'others',
});
const settled = figuresOf('disputeEnd', ['stage', 'order', 'department', 'requester'], {
  known: 'others',
});

/** Data sharing; `department` is the provider. */
export const sharingMeasures: readonly Measure[] = [
  shares.share('return-flow-served', [3], ['returnFlowServed', 'requests'], {
    name: { zh: '数据回流落实率', en: 'Return-flow requests served' },
    zh: '分子：已经提供并经确认的回流申请；分母：本期提出的回流申请。',
    en: 'Return-flow requests whose data was delivered and taken up / return-flow requests filed in the period.',
    law: [cite(laws.sharing, { article: 24, paragraph: 1 })],
  }),
  replies.share('share-replies-on-time', [4], ['inTime', 'due'], {
    name: { zh: '共享按期答复率', en: 'Sharing replies on time' },
    zh: '分子：期限内同意或者不同意；分母：本期答复的，加上本期到期仍未答复的。等待申请方补充的不计。',
    en: 'Granted or refused within the limit / replied to in the period, and those whose reply fell due in it and is outstanding. Requests that wait for the requester’s supplement are in neither.',
    law: [cite(laws.sharing, { article: 21, paragraph: 1 })],
  }),
  replies.share('share-refusal-rate', [4], ['refused', 'replies'], {
    headline: true,
    name: { zh: '不同意共享率', en: 'Sharing refusals' },
    zh: '分子：首次答复为不同意；分母：本期首次答复。',
    en: 'First replies that refused / first replies given in the period.',
    law: [cite(laws.sharing, { article: 15, paragraph: 1 }, { article: 21, paragraph: 2 })],
    labels: asked,
  }),
  replies.number('share-refusals', [4], 'refused', {
    name: { zh: '不同意共享件数', en: 'Sharing refusals by ground' },
    zh: '本期首次答复为不同意的申请数；按事由分列见“依据”。',
    en: 'Requests whose first reply refused them; by ground with the label basis.',
    law: [cite(laws.sharing, { article: 15, paragraph: 1 }, { article: 21, paragraph: 2 })],
    labels: ['basis', ...asked],
  }),
  replies.days('share-reply-days', [4], 'days', {
    name: { zh: '共享答复用时', en: 'Days to a sharing reply' },
    zh: '本期首次答复的申请，自答复期限起算日至答复的自然日数。',
    en: 'Calendar days from the day the reply’s clock began to the first reply, of replies given in the period.',
    law: [cite(laws.sharing, { article: 21, paragraph: 1 })],
  }),
  extensions.number('share-extensions', [4], 'extensions', {
    name: { zh: '共享答复延期次数', en: 'Extensions of sharing replies' },
    zh: '本期经政务数据共享主管部门同意延长答复期限的次数。',
    en: 'How often the lead authority allowed a provider more time to reply, in the period.',
    law: [cite(laws.sharing, 21)],
  }),
  datasets.number('datasets', [20], 'datasets', {
    name: { zh: '公布数据目录项数', en: 'Data sets published' },
    zh: '期末已经公布的政务数据目录项数。',
    en: 'Catalogue entries that are published on the last day.',
    law: [cite(laws.sharing, { article: 13, paragraph: 1 }, { article: 16, paragraph: 1 })],
  }),
  attestations.number('attestations', [20], 'attestations', {
    name: { zh: '签发存证数', en: 'Attestations issued' },
    zh: '本期数源部门签发的存证数。',
    en: 'Attestations that source departments issued in the period.',
  }),
  shares.share('share-requests-served', [20], ['served', 'requests'], {
    name: { zh: '共享申请落实率', en: 'Sharing requests served' },
    zh: '分子：已经提供并经确认的申请；分母：本期提出的共享申请。',
    en: 'Requests whose data was delivered and taken up / requests filed in the period.',
    law: [cite(laws.sharing, { article: 22, paragraph: 1 })],
  }),
  challenges.share('challenges-on-time', [20], ['inTime', 'challenges'], {
    name: { zh: '校核按期答复率', en: 'Challenges answered on time' },
    zh: '分子：十个工作日内答复的校核申请；分母：本期答复的，加上本期到期仍未答复的。',
    en: 'Challenges answered within ten working days / answered in the period, and those due in it that are outstanding.',
    law: [cite(laws.sharing, { article: 26, paragraph: 2 })],
  }),
  disputes.number('disputes', [23], 'disputes', {
    name: { zh: '共享争议数', en: 'Sharing disputes' },
    zh: '本期进入某一阶段（协商、协调、政府决定）的争议，每个阶段各计一次，见“阶段”。',
    en: 'Disputes that came to a stage in the period (negotiation, coordination, government), once for each, see the label stage.',
    law: [cite(laws.sharing, { article: 28, paragraph: 2 })],
  }),
  settled.days('dispute-days', [23], 'days', {
    name: { zh: '共享争议用时', en: 'Days to settle a dispute' },
    zh: '本期了结的争议，自提出至了结的自然日数。',
    en: 'Calendar days from the claim to the settlement, of disputes settled in the period.',
    law: [cite(laws.sharing, { article: 28, paragraph: 2 })],
  }),
];
