import type { CaseRow } from '@yici/api';
import { cardShelf, waitsOfCard } from '@yici/domain/model';
import type {
  AttestationRecord,
  AuditRecord,
  CardRecord,
  DelegationRecord,
  DutyRulingRecord,
  EvaluationRecord,
  OneThingCaseRecord,
  OrderRecord,
  ShareRecord,
  UrgeRecord,
} from '@yici/domain/model';
import type { IndexEntry } from './index-entry.js';
import { listedEntries, narrowedList } from './narrowed.js';

const ofCases = [['state'], ['applicant'], ['owner'], ['taskCode']] as const;
/** Fields usually combined with a state, since a state and another list may have few common entries. */
const inState = [
  ['state', 'applicant'],
  ['state', 'owner'],
  ['state', 'taskCode'],
] as const;

/** Every list that supports filters. */
export const narrowedLists = {
  /** By the instant of submission. */
  casesBySubmission: narrowedList('case.at', [...ofCases, ...inState], ['applicant', 'owner']),
  /** Cases with a pending act, by the day until which it is due. */
  casesByDue: narrowedList('case.due', ofCases, ['applicant', 'owner']),
  attestations: narrowedList(
    'attestation.at',
    [['datasetId'], ['status'], ['issuer'], ['requester']],
    ['issuer', 'requester'],
  ),
  oneThingCases: narrowedList('oneThing.at', [['code'], ['status'], ['applicant']]),
  rulings: narrowedList('ruling.at', [['status']]),
  delegations: narrowedList('delegation.from', [['from'], ['to']]),
  shares: narrowedList(
    'share.at',
    [['state'], ['datasetId'], ['provider'], ['requester']],
    ['provider', 'requester'],
  ),
  cards: narrowedList('card.at', [
    ['caseNo'],
    ['shareId'],
    ['rulingId'],
    ['datasetId'],
    ['department'],
    ['colour'],
    ['waitsForExplanation'],
    ['waitsForRuling'],
  ]),
  orders: narrowedList('order.at', [['department'], ['status']], ['department']),
  evaluations: narrowedList('evaluation.at', [['owner']], ['owner']),
  urges: narrowedList('urge.at', [['caseNo']]),
  audits: narrowedList('audit.at', [['verdict']]),
} as const;

export function caseInLists(row: CaseRow): IndexEntry[] {
  const { parties: views, submittedAt, dueOn, caseNo } = row;
  const { casesBySubmission, casesByDue } = narrowedLists;
  const listed = { views, id: [caseNo], fields: row };
  return [
    ...listedEntries(casesBySubmission, { ...listed, order: submittedAt }),
    ...(dueOn === null ? [] : listedEntries(casesByDue, { ...listed, order: dueOn })),
  ];
}

export function attestationInLists(record: AttestationRecord): IndexEntry[] {
  const { issuer, requester, issuedAt: order, attestationId } = record;
  return listedEntries(narrowedLists.attestations, {
    views: [issuer, requester],
    order,
    id: [attestationId],
    fields: record,
  });
}

export function oneThingCaseInLists(record: OneThingCaseRecord): IndexEntry[] {
  const { parties: views, submittedAt: order, no } = record;
  return listedEntries(narrowedLists.oneThingCases, { views, order, id: [no], fields: record });
}

export function rulingInLists(record: DutyRulingRecord): IndexEntry[] {
  const { rulingId, openedAt: order, office, responsible, bounces, decision } = record;
  const disputants = bounces.flatMap(({ from, to }) => [from, to]);
  const ruled = decision === undefined ? [] : [decision.department];
  const views = [office, responsible, ...disputants, ...ruled];
  return listedEntries(narrowedLists.rulings, { views, order, id: [rulingId], fields: record });
}

export function delegationInLists(record: DelegationRecord): IndexEntry[] {
  const { department, fromDay: order, delegationId } = record;
  return listedEntries(narrowedLists.delegations, {
    views: [department],
    order,
    id: [delegationId],
    fields: record,
  });
}

export function shareInLists(record: ShareRecord): IndexEntry[] {
  const { parties: views, requestedAt: order, shareId } = record;
  return listedEntries(narrowedLists.shares, { views, order, id: [shareId], fields: record });
}

export function cardInLists(record: CardRecord): IndexEntry[] {
  const { parties: views, raisedAt: order, cardId } = record;
  const waits = waitsOfCard(record);
  const fields = {
    ...record,
    waitsForExplanation: waits.includes('explanation') ? 'yes' : undefined,
    waitsForRuling: waits.includes('ruling') ? 'yes' : undefined,
  };
  return listedEntries(narrowedLists.cards, {
    views,
    order,
    id: [cardShelf(cardId), cardId],
    fields,
  });
}

export function orderInLists(record: OrderRecord): IndexEntry[] {
  const { department, issuedAt: order, orderId } = record;
  const views = [department];
  return listedEntries(narrowedLists.orders, { views, order, id: [orderId], fields: record });
}

export function evaluationInLists(record: EvaluationRecord): IndexEntry[] {
  const { parties: views, at: order, caseNo } = record;
  return listedEntries(narrowedLists.evaluations, { views, order, id: [caseNo], fields: record });
}

export function urgeInLists(record: UrgeRecord): IndexEntry[] {
  const { parties: views, at: order, caseNo, urgeId } = record;
  return listedEntries(narrowedLists.urges, { views, order, id: [caseNo, urgeId], fields: record });
}

export function auditInLists(record: AuditRecord): IndexEntry[] {
  const { department, at: order, report } = record;
  return listedEntries(narrowedLists.audits, {
    views: [department],
    order,
    id: [report],
    fields: record,
  });
}
