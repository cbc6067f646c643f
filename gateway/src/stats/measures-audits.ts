import { measure, type Measure } from './measure.js';

/** Whether the ledger is verified by the office responsible, and with what results. */
export const auditMeasures: readonly Measure[] = [
  measure({
    id: 'audit-runs',
    requirements: [29],
    name: { zh: '核验次数', en: 'Audit runs' },
    unit: 'number',
    family: 'audit',
    calculation: ['sum', 'runs'],
    labels: ['verdict', 'department', 'verifier'],
    definition: {
      zh: '督查机构本期登记的账本核验次数，不论结论（见 verdict）。',
      en: 'Verifications of the ledger that the supervision office recorded in the period, whatever they came to (label verdict).',
    },
  }),
  measure({
    id: 'audit-proof-failures',
    requirements: [29],
    name: { zh: '核验不符数', en: 'Audit proof failures' },
    unit: 'number',
    family: 'auditFailure',
    calculation: ['sum', 'failures'],
    labels: ['code', 'department'],
    definition: {
      zh: '本期登记的核验中证明不成立的发现数，按代码；材料不全、无法核验的不计。应为零。',
      en: 'Findings of audit runs recorded in the period that something does not hold, by code; what was missing or could not be judged is not counted. It should be none.',
    },
  }),
  measure({
    id: 'audit-blocks',
    requirements: [29],
    name: { zh: '核验区块数', en: 'Blocks checked by audits' },
    unit: 'number',
    family: 'audit',
    calculation: ['sum', 'blocks'],
    labels: ['verdict', 'department', 'verifier'],
    definition: {
      zh: '本期登记的各次核验所核验的区块数之和；每次核验都从创世区块开始，同一区块每次都计。',
      en: 'Blocks checked by the audit runs recorded in the period; every run begins at the genesis block, and each counts its own.',
    },
  }),
  measure({
    id: 'days-since-audit',
    requirements: [29],
    name: { zh: '距上次核验日数', en: 'Days since the last audit' },
    unit: 'days',
    scope: 'standing',
    family: 'audit',
    calculation: ['since', 'judged'],
    labels: ['department', 'verdict'],
    definition: {
      zh: '自最近一次有结论（通过或者不通过）的核验登记之日至期末（不晚于今日）的自然日数；从未核验的没有数值。',
      en: 'Calendar days from the newest recorded audit run that came to a judgement (verified or failed) to the last day of the period, today at the latest; none when there never was one.',
    },
  }),
];
