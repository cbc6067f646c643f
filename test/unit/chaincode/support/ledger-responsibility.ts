import type { CommandName } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import type { LedgerView, ViewRule } from './ledger-view.js';

type Ours = Extract<
  CommandName,
  | `${string}Transfer`
  | 'case.returnStep'
  | 'case.resendStep'
  | `dutyRuling.${string}`
  | `delegation.${string}`
>;

/** A case as its rules see it. */
function caseState(ledger: LedgerView, caseNo: string) {
  const record = ledger.get('case', caseNo);
  return { case: record, calendar: ledger.calendar(record?.calendars) };
}

/** The rules about responsibility over the map that `ledger.ts` keeps. */
export const responsibilityRules: { readonly [N in Ours]: ViewRule<N> } = {
  'case.offerTransfer': (ledger, input, caller) =>
    rules.offerTransfer(
      { ...caseState(ledger, input.caseNo), duty: ledger.get('duty', input.to, input.dutyCode) },
      input,
      ledger.member(caller),
    ),
  'case.acceptTransfer': (ledger, input, caller) =>
    rules.acceptTransfer(caseState(ledger, input.caseNo), input, ledger.member(caller)),
  'case.declineTransfer': (ledger, input, caller) =>
    rules.declineTransfer(
      {
        ...caseState(ledger, input.caseNo),
        duty: ledger.get('duty', input.clauseOf, input.dutyCode),
        establishment: ledger.holder('establishment'),
      },
      input,
      ledger.member(caller),
    ),
  'case.returnStep': (ledger, input, caller) =>
    rules.returnStep(caseState(ledger, input.caseNo), input, ledger.member(caller)),
  'case.resendStep': (ledger, input, caller) =>
    rules.resendStep(caseState(ledger, input.caseNo), input, ledger.member(caller)),
  'dutyRuling.decide': (ledger, input, caller) => {
    const ruling = ledger.get('dutyRuling', input.rulingId);
    return rules.decideDutyRuling(
      {
        ruling,
        case: ruling && ledger.get('case', ruling.caseNo),
        duty: ledger.get('duty', input.department, input.dutyCode),
        establishment: ledger.holder('establishment'),
      },
      input,
      ledger.member(caller),
    );
  },
  'delegation.grant': (ledger, input, caller) =>
    rules.grantDelegation(
      { existing: ledger.get('delegation', input.delegationId) },
      input,
      ledger.member(caller),
    ),
  'delegation.end': (ledger, input, caller) =>
    rules.endDelegation(
      { delegation: ledger.get('delegation', input.delegationId) },
      input,
      ledger.member(caller),
    ),
};
