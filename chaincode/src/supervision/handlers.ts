import { declaredOf, withCalendars } from '../calendar/load';
import { settledNow } from '../calendar/passed';
import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import { caseLights } from '../case/clocks/lights';
import { withCaseCalendars } from '../case/on-case';
import type { CaseRecord } from '../case/records';
import { found, type Member } from '../kernel/caller';
import type { CommandInput } from '../kernel/commands';
import { applied, one, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { appealCard, explainCard, ruleCard } from './card-answer';
import type { CatalogueCardState } from './card-dataset';
import { cardIdOf, cardShelf } from './card-id';
import { otherLights, otherOf, raiseCard, raiseOtherCard } from './card-raise';
import { answerEvaluation, followUpEvaluation, giveEvaluation } from './evaluation';
import type { Offices } from './office';
import { concernedByOrder, concludeOrder, issueOrder, replyOrder, sendUrge } from './order';
import { askReview, decideReview } from './order-review';
import type { CardRecord } from './records';

export const commandHandlers: CommandHandlers<'card' | 'urge' | 'order' | 'evaluation'> = {
  'card.raise': {
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      const ids = await withCaseCalendars(store, record, member, (calendar) =>
        record === undefined ? [] : dueCards(record, member, calendar),
      );
      const cards = new Map<string, CardRecord>();
      for (const id of ids) {
        const card = await store.get('card', command.caseNo, id);
        if (card !== undefined) cards.set(id, card);
      }
      const matter =
        record && (await store.get('matter', record.taskCode, padded(record.matterVersion)));
      const state = { case: record, matter, existing: (id: string) => cards.get(id) };
      return withCaseCalendars(store, record, member, (calendar) =>
        raiseCard({ ...state, calendar }, command, member),
      );
    },
  },
  'card.raiseOther': {
    run: async (command, member, store) => {
      const state = await loadOther(store, command);
      const pinned = declaredOf(pinnedBy(state));
      const due = (calendar: CalendarLookup) => dueOtherCards(state, command, member, calendar);
      const cards = new Map<string, CardRecord>();
      for (const id of await withCalendars(store, member, due, { pinned })) {
        const card = await cardOf(store, id);
        if (card !== undefined) cards.set(id, card);
      }
      const loaded = { ...state, existing: (id: string) => cards.get(id) };
      return withCalendars(
        store,
        member,
        (calendar) => raiseOtherCard({ ...loaded, calendar }, command, member),
        { pinned },
      );
    },
  },
  'card.explain': applied(explainCard, async (store, command) => ({
    card: await cardOf(store, command.cardId),
  })),
  'card.appeal': {
    run: async (command, member, store) => {
      const state = {
        card: await cardOf(store, command.cardId),
        offices: await officesOf(store),
      };
      return withCalendars(store, member, (calendar) =>
        appealCard({ ...state, calendar }, command, member),
      );
    },
  },
  'card.rule': applied(ruleCard, async (store, command) => ({
    card: await cardOf(store, command.cardId),
    offices: await officesOf(store),
  })),
  'urge.send': applied(sendUrge, async (store, command) => ({
    case: await store.get('case', command.caseNo),
    existing: await store.get('urge', command.caseNo, command.urgeId),
    supervision: await store.get('functionHolder', 'supervision'),
  })),
  'order.issue': {
    run: async (command, member, store) => {
      const { orderId, caseNo, department } = command;
      const state = {
        offices: await officesOf(store),
        existing: await store.get('order', orderId),
        department: await store.get('department', department),
        ...(await onCase(store, caseNo, department)),
      };
      return withCalendars(store, member, (calendar) =>
        issueOrder({ ...state, calendar }, command, member),
      );
    },
  },
  'order.reply': applied(replyOrder, async (store, command) => ({
    order: await store.get('order', command.orderId),
  })),
  'order.conclude': {
    run: async (command, member, store) => {
      const state = await loadOrder(store, command);
      return withCalendars(store, member, (calendar) =>
        concludeOrder({ ...state, calendar }, command, member),
      );
    },
  },
  'order.askReview': {
    run: async (command, member, store) => {
      const state = await loadOrder(store, command);
      return withCalendars(store, member, (calendar) =>
        askReview({ ...state, calendar }, command, member),
      );
    },
  },
  'order.decideReview': applied(decideReview, loadOrder),
  'evaluation.give': {
    run: async (command, member, store) => {
      const state = {
        case: await store.get('case', command.caseNo),
        existing: await store.get('evaluation', command.caseNo),
      };
      return withCaseCalendars(store, state.case, member, (calendar) =>
        giveEvaluation({ ...state, calendar }, command, member),
      );
    },
  },
  'evaluation.answer': applied(answerEvaluation, async (store, command) => ({
    evaluation: await store.get('evaluation', command.caseNo),
  })),
  'evaluation.followUp': applied(followUpEvaluation, async (store, command) => ({
    evaluation: await store.get('evaluation', command.caseNo),
  })),
};

export const queryHandlers: QueryHandlers<'card' | 'urge' | 'order' | 'evaluation'> = {
  'card.get': {
    answer: async ({ cardId }, store) => found(await cardOf(store, cardId), { cardId }),
    concern: ({ cardId }, { parties }) => ({ ids: { cardId }, departments: parties }),
  },
  'order.get': {
    answer: one('order', 'orderId'),
    concern: ({ orderId }, order) => ({
      ids: { orderId },
      departments: concernedByOrder(order),
    }),
  },
  'evaluation.get': {
    answer: one('evaluation', 'caseNo'),
    concern: ({ caseNo }, { parties }) => ({ ids: { caseNo }, departments: parties }),
  },
};

function dueCards(
  record: Parameters<typeof caseLights>[0],
  member: Member,
  calendar: CalendarLookup,
): string[] {
  const { today, at } = settledNow(member, calendar);
  const lights = caseLights(record, today, createWorkingDayCounter(calendar), at);
  return lights.map((light) => cardIdOf(record.caseNo, light));
}

/** Who supervises and who reviews: see office.ts. */
async function officesOf(store: RecordStore): Promise<Offices> {
  return {
    supervision: await store.get('functionHolder', 'supervision'),
    government: await store.get('functionHolder', 'government'),
    superiorGovernment: await store.get('functionHolder', 'superiorGovernment'),
  };
}

async function loadOrder(store: RecordStore, { orderId }: { readonly orderId: string }) {
  return { order: await store.get('order', orderId), offices: await officesOf(store) };
}

/** The case an order is about, and the last order to that department on it. */
async function onCase(store: RecordStore, caseNo: string | undefined, department: string) {
  if (caseNo === undefined) return { case: undefined, last: undefined };
  const target = await store.get('orderTarget', caseNo, department);
  return {
    case: await store.get('case', caseNo),
    last: target && (await store.get('order', target.orderId)),
  };
}

type RaisedOther = CommandInput<'card.raiseOther'>;

async function loadOther(store: RecordStore, command: RaisedOther) {
  const { shareId, challengeId, taskCode, version = 0, dutyVersion = 0, rulingId } = command;
  const catalogue = await loadCatalogue(store, command);
  const ruling = rulingId === undefined ? undefined : await store.get('dutyRuling', rulingId);
  return {
    share: shareId === undefined ? undefined : await store.get('share', shareId),
    grant: shareId === undefined ? undefined : await store.get('shareGrant', shareId),
    challenge:
      shareId === undefined || challengeId === undefined
        ? undefined
        : await store.get('challenge', shareId, challengeId),
    review:
      taskCode === undefined
        ? undefined
        : await store.get('review', taskCode, padded(version), padded(dutyVersion)),
    ...catalogue,
    ruling,
    case: ruling && (await store.get('case', ruling.caseNo)),
  };
}

/** What a card of the data catalogue is about. */
async function loadCatalogue(
  store: RecordStore,
  { datasetId, version }: RaisedOther,
): Promise<CatalogueCardState> {
  if (datasetId === undefined) {
    return { dataset: undefined, datasetVersion: undefined, leadAuthority: undefined };
  }
  return {
    dataset: version === undefined ? await store.get('dataset', datasetId) : undefined,
    datasetVersion:
      version === undefined
        ? undefined
        : await store.get('datasetVersion', datasetId, padded(version)),
    leadAuthority: await store.get('functionHolder', 'leadAuthority'),
  };
}

/** The calendar versions that the clocks were computed with. */
function pinnedBy(state: Awaited<ReturnType<typeof loadOther>>): CaseRecord['calendars'] {
  const { review, share, datasetVersion, dataset } = state;
  const timed = review ?? share ?? datasetVersion ?? dataset?.change ?? state.case;
  return timed?.calendars ?? [];
}

/** Cards that may be there already, of those that are due; none when what they are about is not there. */
function dueOtherCards(
  state: Awaited<ReturnType<typeof loadOther>>,
  command: RaisedOther,
  member: Member,
  calendar: CalendarLookup,
): string[] {
  const { about, watched } = otherOf(state, command);
  const { today } = settledNow(member, calendar);
  const lights = otherLights(watched, today, createWorkingDayCounter(calendar));
  return lights.map((light) => cardIdOf(about, light));
}

const cardOf = (store: RecordStore, cardId: string) => store.get('card', cardShelf(cardId), cardId);
