import {
  auditRecord,
  auditRunVerdicts,
  cardColours,
  cardId,
  cardRecord,
  cardWaits,
  caseNo,
  datasetId,
  departmentId,
  evaluationRecord,
  orderId,
  orderRecord,
  rulingId,
  sha256Hex,
  shareId,
  urgeRecord,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { transactionRowSchema } from '../rows.js';
import { offered, statusFilter } from '../shapes.js';

const { txId, block } = transactionRowSchema.shape;
/** A transaction and its block: only where to look, whoever makes a paper of it proves the block. */
const place = { txId, block };

/** What supervision has said and been told: for the parties concerned, and all of it for supervisors; audits for every member. */
export const supervisionReads = {
  'cards.list': list({
    path: '/v1/cards',
    summary: { zh: '黄牌、红牌', en: 'Warning cards, newest first' },
    query: {
      caseNo: offered(caseNo.optional(), '--case-no <caseNo>', {
        zh: '办件编号',
        en: 'of one case',
      }),
      shareId: offered(shareId.optional(), '--share-id <shareId>', {
        zh: '共享编号',
        en: 'of one share',
      }),
      rulingId: offered(rulingId.optional(), '--ruling-id <rulingId>', {
        zh: '职责分工协调编号',
        en: 'of one duty ruling',
      }),
      datasetId: offered(datasetId.optional(), '--dataset-id <datasetId>', {
        zh: '政务数据目录项',
        en: 'of one catalogue entry',
      }),
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'of one department',
      }),
      colour: offered(z.enum(cardColours).optional(), '--colour <colour>', {
        zh: '牌',
        en: 'colour',
      }),
      waits: offered(
        z
          .enum(cardWaits)
          .optional()
          .describe('What a card waits for: its explanation, or the decision on its review.'),
        '--waits <what>',
        { zh: '等待什么', en: 'what it waits for' },
      ),
    },
    item: cardRecord,
    concerns: 'concerned',
    journal: { record: ['cardId'], departments: ['parties'] },
  }),
  'cards.get': record({
    path: '/v1/cards/{cardId}',
    summary: { zh: '查询红黄牌', en: 'One card' },
    params: { cardId },
    answer: cardRecord,
    ledger: 'card.get',
    journal: { record: ['cardId'], departments: ['parties'] },
  }),
  'cards.issued': read({
    path: '/v1/cards/{cardId}/issued',
    summary: { zh: '亮牌的交易及其区块', en: 'The transaction that raised a card, and its block' },
    params: { cardId },
    answer: z.strictObject({ cardId, parties: cardRecord.shape.parties, ...place }),
    concerns: 'concerned',
    journal: { record: ['cardId'], departments: ['parties'] },
  }),
  'orders.list': list({
    path: '/v1/orders',
    summary: { zh: '督办', en: 'Supervision orders, newest first' },
    query: {
      department: departmentId.optional(),
      status: statusFilter(orderRecord.shape.status.optional()),
    },
    item: orderRecord,
    concerns: 'concerned',
    journal: { record: ['orderId'], departments: ['department'] },
  }),
  'orders.get': record({
    path: '/v1/orders/{orderId}',
    summary: { zh: '查询督办', en: 'One supervision order' },
    params: { orderId },
    answer: orderRecord,
    ledger: 'order.get',
    journal: { record: ['orderId'], departments: ['department'] },
  }),
  'orders.issued': read({
    path: '/v1/orders/{orderId}/issued',
    summary: {
      zh: '督办发出的交易及其区块',
      en: 'The transaction that issued an order, and its block',
    },
    params: { orderId },
    answer: z.strictObject({ orderId, department: departmentId, ...place }),
    concerns: 'concerned',
    journal: { record: ['orderId'], departments: ['department'] },
  }),
  'evaluations.list': list({
    path: '/v1/evaluations',
    summary: { zh: '好差评', en: 'Evaluations, newest first' },
    query: { owner: departmentId.optional() },
    item: evaluationRecord,
    concerns: 'concerned',
    journal: { record: ['caseNo'], departments: ['parties'] },
  }),
  'urges.list': list({
    path: '/v1/urges',
    summary: { zh: '催办', en: 'Reminders, newest first' },
    query: { caseNo: caseNo.optional() },
    item: urgeRecord,
    concerns: 'concerned',
    journal: { record: ['urgeId'], departments: ['parties'] },
  }),
  'audits.list': list({
    path: '/v1/audits',
    summary: {
      zh: '核验记录（督查机构核验全部账本的结果），最新在前',
      en: 'What verifications of the whole ledger came to, newest first; for every member',
    },
    query: {
      verdict: offered(z.enum(auditRunVerdicts).optional(), '--verdict <verdict>', {
        zh: '结论',
        en: 'verdict',
      }),
      department: offered(
        departmentId.optional().describe('The office that ran it.'),
        '--department <id>',
        { zh: '核验机构', en: 'the office that ran it' },
      ),
    },
    item: auditRecord,
    concerns: 'members',
  }),
  'audits.get': record({
    path: '/v1/audits/{report}',
    summary: { zh: '查询核验记录', en: 'One audit run, by the SHA-256 of its report' },
    params: { report: sha256Hex },
    answer: auditRecord,
    ledger: 'audit.get',
  }),
};
