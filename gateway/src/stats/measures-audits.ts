import { figuresOf, type Measure } from './measure.js';

const runs = figuresOf('audit', ['verdict', 'department', 'verifier'], { known: 'own' });
const failures = figuresOf('auditFailure', ['code', 'department'], { known: 'own' });
const judged = figuresOf('audit', ['department', 'verdict'], { known: 'own', scope: 'standing' });

/** Whether the ledger is verified by the office responsible, and with what results. */
export const auditMeasures: readonly Measure[] = [
  runs.number('audit-runs', [29], 'runs', {
    name: { zh: '核验次数', en: 'Audit runs' },
    zh: '督查机构本期登记的账本核验次数，不论结论（见“核验结论”）。',
    en: 'Verifications of the ledger that the supervision office recorded in the period, whatever they came to (label verdict).',
  }),
  failures.number('audit-proof-failures', [29], 'failures', {
    name: { zh: '核验不符数', en: 'Audit proof failures' },
    zh: '本期登记的核验中核验不符的问题数，按代码；材料不全、无法核验的不计。应为零。',
    en: 'Findings of audit runs recorded in the period that something does not hold, by code; what was missing or could not be judged is not counted. It should be none.',
  }),
  runs.number('audit-blocks', [29], 'blocks', {
    name: { zh: '核验区块数', en: 'Blocks checked by audits' },
    zh: '本期登记的各次核验所核验的区块数之和；每次核验都从创世区块开始，同一区块每次都计。',
    en: 'Blocks checked by the audit runs recorded in the period; every run begins at the genesis block, and each counts its own.',
  }),
  judged.daysSince('days-since-audit', [29], 'judged', {
    name: { zh: '距上次核验日数', en: 'Days since the last audit' },
    zh: '自最近一次有结论（通过或者不通过）的核验登记之日至期末（不晚于今日）的自然日数；从未核验的没有数值。',
    en: 'Calendar days from the newest recorded audit run that came to a judgement (verified or failed) to the last day of the period, today at the latest; none when there never was one.',
  }),
];
