import { cardShelf, padded, type CommandInput, type CommandName } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import { testChannel } from './channel.js';
import type { LedgerView, ViewRule } from './ledger-view.js';

type SupervisionCommand = Extract<
  CommandName,
  | `card.${string}`
  | `urge.${string}`
  | `order.${string}`
  | `evaluation.${string}`
  | `audit.${string}`
  | `journal.${string}`
>;

const cardOf = (ledger: LedgerView, cardId: string) =>
  ledger.get('card', cardShelf(cardId), cardId);

/** What a card outside cases can be about; an id that is not given finds nothing. */
function otherState(ledger: LedgerView, input: CommandInput<'card.raiseOther'>) {
  const ids = { shareId: '', challengeId: '', taskCode: '', version: 0, dutyVersion: 0, ...input };
  const { shareId, challengeId, taskCode, version, dutyVersion } = ids;
  const ruling = ledger.get('dutyRuling', input.rulingId ?? '');
  return {
    share: ledger.get('share', shareId),
    grant: ledger.get('shareGrant', shareId),
    challenge: ledger.get('challenge', shareId, challengeId),
    review: ledger.get('review', taskCode, padded(version), padded(dutyVersion)),
    dataset: input.version === undefined ? ledger.get('dataset', input.datasetId ?? '') : undefined,
    datasetVersion: ledger.get('datasetVersion', input.datasetId ?? '', padded(version)),
    leadAuthority: ledger.holder('leadAuthority'),
    ruling,
    case: ruling && ledger.get('case', ruling.caseNo),
  };
}

export const supervisionRules: { readonly [N in SupervisionCommand]: ViewRule<N> } = {
  'card.raise': (ledger, input, caller) => {
    const record = ledger.get('case', input.caseNo);
    const calendar = ledger.calendar(record?.calendars);
    const existing = (id: string) => cardOf(ledger, id);
    return rules.raiseCard({ case: record, calendar, existing }, input, ledger.member(caller));
  },
  'card.raiseOther': (ledger, input, caller) => {
    const state = otherState(ledger, input);
    const { review, share, datasetVersion, dataset } = state;
    const timed = review ?? share ?? datasetVersion ?? dataset?.change ?? state.case;
    const calendar = ledger.calendar(timed?.calendars);
    const existing = (id: string) => cardOf(ledger, id);
    return rules.raiseOtherCard({ ...state, calendar, existing }, input, ledger.member(caller));
  },
  'card.explain': (ledger, input, caller) =>
    rules.explainCard({ card: cardOf(ledger, input.cardId) }, input, ledger.member(caller)),
  'card.appeal': (ledger, input, caller) =>
    rules.appealCard({ card: cardOf(ledger, input.cardId) }, input, ledger.member(caller)),
  'card.rule': (ledger, input, caller) =>
    rules.ruleCard(
      { card: cardOf(ledger, input.cardId), supervision: ledger.holder('supervision') },
      input,
      ledger.member(caller),
    ),
  'urge.send': (ledger, input, caller) =>
    rules.sendUrge(
      {
        case: ledger.get('case', input.caseNo),
        existing: ledger.get('urge', input.caseNo, input.urgeId),
        supervision: ledger.holder('supervision'),
      },
      input,
      ledger.member(caller),
    ),
  'order.issue': (ledger, input, caller) =>
    rules.issueOrder(
      {
        supervision: ledger.holder('supervision'),
        existing: ledger.get('order', input.orderId),
        department: ledger.get('department', input.department),
        case: input.caseNo === undefined ? undefined : ledger.get('case', input.caseNo),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    ),
  'order.reply': (ledger, input, caller) =>
    rules.replyOrder({ order: ledger.get('order', input.orderId) }, input, ledger.member(caller)),
  'order.conclude': (ledger, input, caller) =>
    rules.concludeOrder(
      {
        supervision: ledger.holder('supervision'),
        order: ledger.get('order', input.orderId),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    ),
  'evaluation.give': (ledger, input, caller) => {
    const record = ledger.get('case', input.caseNo);
    return rules.giveEvaluation(
      {
        case: record,
        existing: ledger.get('evaluation', input.caseNo),
        calendar: ledger.calendar(record?.calendars),
      },
      input,
      ledger.member(caller),
    );
  },
  'audit.record': (ledger, input, caller) =>
    rules.recordAudit(
      {
        supervision: ledger.holder('supervision'),
        existing: ledger.get('audit', input.report),
        channel: testChannel,
      },
      input,
      ledger.member(caller),
    ),
  'journal.anchor': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const { department, user, at } = member;
    const existing = ledger.get('journalAnchor', department, user, rules.shanghaiDate(at));
    return rules.anchorJournal({ existing }, input, member);
  },
  'evaluation.answer': (ledger, input, caller) =>
    rules.answerEvaluation(
      { evaluation: ledger.get('evaluation', input.caseNo) },
      input,
      ledger.member(caller),
    ),
};
