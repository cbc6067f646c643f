import { randomUUID } from 'node:crypto';
import type { CommandName } from '@yici/domain/model';
import { auditRunReport, recordOf } from '../../audit/run-report.js';
import type { Prepare } from './prepare.js';
import type { WordFlag, WriteSpec } from './spec.js';

type SupervisionCommand = Extract<
  CommandName,
  | `card.${string}`
  | `urge.${string}`
  | `order.${string}`
  | `evaluation.${string}`
  | `audit.${string}`
  | `journal.${string}`
>;

const outcomes: readonly WordFlag[] = [
  { flag: 'uphold', field: 'outcome', word: 'upheld', note: '维持' },
  { flag: 'cancel', field: 'outcome', word: 'cancelled', note: '撤销' },
  { flag: 'exempt', field: 'outcome', word: 'exempted', note: '容错免责 needs five --condition' },
];

const withOrderId: Prepare = (input) => ({ orderId: `ord-${randomUUID()}`, ...input });
const withUrgeId: Prepare = (input) => ({ urgeId: `urg-${randomUUID()}`, ...input });

/** Converts a report saved by `yici audit verify --report` to the input of the ledger command. */
const fromReport: Prepare = (input) => {
  const report = auditRunReport.safeParse(input);
  return report.success ? recordOf(report.data) : input;
};

const caseNo = 'YC33110000000007-20260302-0001';
const card = `${caseNo}.finish.20260311.red`;

/** `yici supervise ...`: cards, reminders, orders, evaluations. */
export const supervisionSpecs: Readonly<Record<SupervisionCommand, WriteSpec>> = {
  'card.raise': {
    group: 'supervise',
    verb: 'raise',
    argument: 'caseNo',
    example: `yici supervise raise ${caseNo} --what finish --colour red`,
  },
  'card.raiseOther': {
    group: 'supervise',
    verb: 'raise-other',
    example: 'yici supervise raise-other --what reply --share-id share-0001 --colour red',
  },
  'card.explain': {
    group: 'supervise',
    verb: 'explain',
    argument: 'cardId',
    example: `yici supervise explain ${card} --code workload --text 说明.pdf`,
  },
  'card.appeal': {
    group: 'supervise',
    verb: 'appeal',
    argument: 'cardId',
    example: `yici supervise appeal ${card} --ground notResponsible --text 申诉.pdf`,
  },
  'card.rule': {
    group: 'supervise',
    verb: 'rule',
    argument: 'cardId',
    words: outcomes,
    example: `yici supervise rule ${card} --cancel --document 裁定.pdf`,
  },
  'urge.send': {
    group: 'supervise',
    verb: 'urge',
    argument: 'caseNo',
    prepare: withUrgeId,
    filled: ['urgeId'],
    example: `yici supervise urge ${caseNo} --department finance --note 请按期反馈意见`,
  },
  'order.issue': {
    group: 'supervise',
    verb: 'order',
    argument: 'department',
    prepare: withOrderId,
    filled: ['orderId'],
    example: 'yici supervise order finance --subject 逾期办件整改 --document 督办单.pdf --limit 5',
  },
  'order.reply': {
    group: 'supervise',
    verb: 'reply',
    argument: 'orderId',
    example: 'yici supervise reply ord-1 --document 整改报告.pdf',
  },
  'order.conclude': {
    group: 'supervise',
    verb: 'conclude',
    argument: 'orderId',
    example: 'yici supervise conclude ord-1 --satisfied true --document 结论.pdf',
  },
  'evaluation.give': {
    group: 'supervise',
    verb: 'evaluate',
    argument: 'caseNo',
    example: `yici supervise evaluate ${caseNo} --score 1`,
  },
  'evaluation.answer': {
    group: 'supervise',
    verb: 'answer',
    argument: 'caseNo',
    example: `yici supervise answer ${caseNo} --document 整改.pdf`,
  },
  'audit.record': {
    group: 'supervise',
    verb: 'record-audit',
    fileOnly: true,
    prepare: fromReport,
    example: 'yici supervise record-audit --file report.json',
  },
  'journal.anchor': {
    group: 'supervise',
    verb: 'anchor-journal',
    example: `yici supervise anchor-journal --seq 41207 --head ${'3f0c'.repeat(16)}`,
  },
};
