import type { HandlingState } from '../case/acceptance';
import type { CaseRecord } from '../case/records';
import type { TimedState } from '../case/special-procedure';
import type { CommandInput, CommandName } from '../kernel/commands';
import type { YiciContext } from '../context';
import type { Member, Outcome } from '../kernel/caller';
import { loadHandling, withCalendars } from './load';
import { runCommand } from './run';

type CaseCommand = Extract<CommandName, `case.${string}`>;

/** A rule that looks at nothing but the case. */
export function runOnCase<N extends CaseCommand>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (
    state: { readonly case: CaseRecord | undefined },
    input: CommandInput<N>,
    member: Member,
  ) => Outcome,
): Promise<string> {
  return runCommand(
    context,
    name,
    text,
    async (command, member, store) =>
      rule({ case: await store.get('case', command.caseNo) }, command, member),
    ({ caseNo }) => [['case', caseNo]],
  );
}

/** A rule that looks at the case and counts working days. */
export function runTimed<N extends CaseCommand>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (state: TimedState, input: CommandInput<N>, member: Member) => Outcome,
): Promise<string> {
  return runCommand(
    context,
    name,
    text,
    async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
        rule({ case: record, calendar }, command, member),
      );
    },
    ({ caseNo }) => [['case', caseNo]],
  );
}

/** A rule that looks at the case, its matter, attestations and calendars. */
export function runHandling<N extends CaseCommand>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (state: HandlingState, input: CommandInput<N>, member: Member) => Outcome,
): Promise<string> {
  return runCommand(
    context,
    name,
    text,
    async (command, member, store) => {
      const attested = 'attested' in command ? (command.attested ?? []) : [];
      const state = await loadHandling(store, command.caseNo, attested, name === 'case.decide');
      return withCalendars(store, state.case?.calendars ?? [], (calendar) =>
        rule({ ...state, calendar }, command, member),
      );
    },
    ({ caseNo }) => [['case', caseNo]],
  );
}
