import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const own = {
  zh: '仅本网关所见：被拒绝的申请和查询不上账本。',
  en: 'Of this gateway alone: what was refused and what was read is not on the ledger.',
};
const ofGateway = (zh: string, en: string) => ({ zh: `${zh}${own.zh}`, en: `${en} ${own.en}` });

const refusals = figuresOf('refusal', ['department', 'rule', 'command', 'matter'], {
  ...{ known: 'own', source: 'gateway' },
});
const reads = figuresOf('read', ['department', 'route', 'role'], {
  known: 'own',
  source: 'gateway',
});

/** Figures from this gateway's usage log, which are not on the ledger. */
export const gatewayMeasures: readonly Measure[] = [
  refusals.number('extra-materials-refused', [2], 'extraMaterial', {
    name: { zh: '被拒绝的额外索要材料', en: 'Refused attempts to ask for more' },
    ...ofGateway(
      '规则拒绝的索要未列明材料、字段或者自设条件的次数；被哪条规则拒绝见 rule。',
      'Attempts to ask for a material, field or condition that is not listed, which a rule refused; which one: label rule.',
    ),
    law: [cite(laws.onceReform, { article: 43, item: 3 })],
  }),
  refusals.number('repeat-asks-refused', [13], 'repeatAsk', {
    name: { zh: '被拒绝的重复索要', en: 'Refused attempts to ask again' },
    ...ofGateway(
      '规则拒绝的索要可共享材料或者再次告知补正的次数；经负责人同意、上了账本的再次告知见 second-notices。',
      'Attempts to ask for what sharing supplies, or for a second supplement, which a rule refused; the second notices that a head consented to are on the ledger: second-notices.',
    ),
    law: [cite(laws.sharing, { article: 19, paragraph: 1 })],
  }),
  refusals.number('refused-by-rule', [22], 'refused', {
    name: { zh: '被规则拒绝的操作', en: 'Commands refused by a rule' },
    ...ofGateway(
      '合约规则拒绝、因而没有上链的操作次数，按规则代码。',
      'Commands that a rule of the contract refused, so that nothing was committed, by the rule’s code.',
    ),
    labels: ['rule', 'command', 'department', 'matter'],
  }),
  reads.number('reads', [18], 'reads', {
    name: { zh: '查询次数', en: 'Reads' },
    ...ofGateway('各部门在本网关的查询次数。', 'Reads that departments made at this gateway.'),
  }),
  reads.number('supervisor-reads', [29], 'bySupervisor', {
    name: { zh: '督查员查阅次数', en: 'Reads by supervisors' },
    ...ofGateway(
      '督查员在本网关的查阅次数；任何部门都不能拒绝。',
      'Reads by supervisors at this gateway; no department can refuse them.',
    ),
    labels: ['route', 'department'],
  }),
];
