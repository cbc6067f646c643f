import type { CaseRow } from '@yici/api';
import { concernedByDispute, concernedByOrder, waitsOfCard } from '@yici/domain/model';
import type { IndexEntry } from './index-entry.js';
import { listedEntries, narrowedList, recordList } from './narrowed.js';

const ofCases = [['state'], ['applicant'], ['owner'], ['taskCode']] as const;
/** Fields usually combined with a state, since a state and another list may have few common entries. */
const inState = [
  ['state', 'applicant'],
  ['state', 'owner'],
  ['state', 'taskCode'],
] as const;

/** The lists of cases that support filters. */
export const caseLists = {
  bySubmission: narrowedList('case.at', [...ofCases, ...inState], ['applicant', 'owner']),
  /** Cases with a pending act, by the day until which it is due. */
  byDue: narrowedList('case.due', ofCases, ['applicant', 'owner']),
} as const;

export function caseInLists(row: CaseRow): IndexEntry[] {
  const { parties: views, submittedAt, dueOn, caseNo } = row;
  const listed = { views, id: [caseNo], fields: row };
  return [
    ...listedEntries(caseLists.bySubmission, { ...listed, order: submittedAt }),
    ...(dueOn === null ? [] : listedEntries(caseLists.byDue, { ...listed, order: dueOn })),
  ];
}

/** The lists of other records that support filters; for each record its views, and what it is sorted by. */
export const recordLists = {
  attestations: recordList('attestation', {
    name: 'attestation.at',
    facets: [['datasetId'], ['status'], ['issuer'], ['requester']],
    departments: ['issuer', 'requester'],
    place: (fields) => ({
      views: [fields.issuer, fields.requester],
      order: fields.issuedAt,
      fields,
    }),
  }),
  contests: recordList('contest', {
    name: 'contest.at',
    facets: [['datasetId'], ['caseNo']],
    place: (fields) => ({
      views: [fields.source, fields.applicant, fields.owner],
      order: fields.at,
      fields,
    }),
  }),
  oneThingCases: recordList('oneThingCase', {
    name: 'oneThing.at',
    facets: [['code'], ['status'], ['applicant']],
    place: (fields) => ({ views: fields.parties, order: fields.submittedAt, fields }),
  }),
  rulings: recordList('dutyRuling', {
    name: 'ruling.at',
    facets: [['status']],
    place(fields) {
      const { office, responsible, bounces, proposal, decision, openedAt } = fields;
      const disputants = bounces.flatMap(({ from, to }) => [from, to]);
      const decides = proposal === undefined ? [] : [proposal.decides];
      const ruled = decision === undefined ? [] : [decision.department];
      const views = [office, responsible, ...disputants, ...decides, ...ruled];
      return { views, order: openedAt, fields };
    },
  }),
  delegations: recordList('delegation', {
    name: 'delegation.from',
    facets: [['from'], ['to']],
    place: (fields) => ({ views: [fields.department], order: fields.fromDay, fields }),
  }),
  shares: recordList('share', {
    name: 'share.at',
    facets: [['state'], ['datasetId'], ['provider'], ['requester']],
    departments: ['provider', 'requester'],
    place: (fields) => ({ views: fields.parties, order: fields.requestedAt, fields }),
  }),
  challenges: recordList('challenge', {
    name: 'challenge.at',
    facets: [['shareId'], ['status'], ['provider'], ['requester']],
    departments: ['provider', 'requester'],
    place: (fields) => ({
      views: [fields.provider, fields.requester],
      order: fields.openedAt,
      fields,
    }),
  }),
  disputes: recordList('dispute', {
    name: 'dispute.at',
    facets: [['shareId'], ['status'], ['stage'], ['provider'], ['requester']],
    departments: ['provider', 'requester'],
    place: (fields) => ({
      views: concernedByDispute(fields),
      order: fields.stages[0]?.at ?? '',
      fields,
    }),
  }),
  cards: recordList('card', {
    name: 'card.at',
    facets: [
      ['caseNo'],
      ['shareId'],
      ['rulingId'],
      ['datasetId'],
      ['department'],
      ['colour'],
      ['waitsForExplanation'],
      ['waitsForRuling'],
    ],
    place(record) {
      const waits = waitsOfCard(record);
      const fields = {
        ...record,
        waitsForExplanation: waits.includes('explanation') ? 'yes' : undefined,
        waitsForRuling: waits.includes('ruling') ? 'yes' : undefined,
      };
      return { views: record.parties, order: record.raisedAt, fields };
    },
  }),
  orders: recordList('order', {
    name: 'order.at',
    facets: [['department'], ['status']],
    departments: ['department'],
    place: (fields) => ({ views: concernedByOrder(fields), order: fields.issuedAt, fields }),
  }),
  evaluations: recordList('evaluation', {
    name: 'evaluation.at',
    facets: [['owner']],
    departments: ['owner'],
    place: (fields) => ({ views: fields.parties, order: fields.at, fields }),
  }),
  urges: recordList('urge', {
    name: 'urge.at',
    facets: [['caseNo']],
    place: (fields) => ({ views: fields.parties, order: fields.at, fields }),
  }),
  audits: recordList('audit', {
    name: 'audit.at',
    facets: [['verdict']],
    place: (fields) => ({ views: [fields.department], order: fields.at, fields }),
  }),
} as const;
