import * as concepts from './concepts';
import type { CommandName, Commands, Queries, QueryName } from './kernel/commands';
import { withoutHidden } from './kernel/hidden-characters';
import type { CommandSpec } from './kernel/operation';

/**
 * Every write the chaincode has, by name. Gateway routes, OpenAPI, client methods and the command line derive from
 * this list and nothing else.
 */
export const commands: Commands = plain({
  ...concepts.department.departmentCommands,
  ...concepts.calendar.calendarCommands,
  ...concepts.duty.dutyCommands,
  ...concepts.dataset.datasetCommands,
  ...concepts.sharing.sharingCommands,
  ...concepts.attestation.attestationCommands,
  ...concepts.matter.matterCommands,
  ...concepts.cases.caseCommands,
  ...concepts.cases.dutyRulingCommands,
  ...concepts.oneThing.oneThingCommands,
  ...concepts.delegation.delegationCommands,
  ...concepts.supervision.supervisionCommands,
  ...concepts.audit.auditCommands,
  ...concepts.journal.journalCommands,
  ...concepts.appKey.appKeyCommands,
  ...concepts.time.timeCommands,
});

/** Text is checked where it comes in, and not in the records: what stands on a ledger already stays readable. */
function plain(specs: Commands): Commands {
  const checked = Object.entries<CommandSpec>({ ...specs }).map(([name, spec]) => [
    name,
    { ...spec, input: withoutHidden(spec.input) },
  ]);
  return Object.fromEntries(checked) as Commands;
}

/** Every read the chaincode has, by name. */
export const queries: Queries = {
  ...concepts.department.departmentQueries,
  ...concepts.calendar.calendarQueries,
  ...concepts.duty.dutyQueries,
  ...concepts.dataset.datasetQueries,
  ...concepts.sharing.sharingQueries,
  ...concepts.attestation.attestationQueries,
  ...concepts.matter.matterQueries,
  ...concepts.cases.caseQueries,
  ...concepts.cases.dutyRulingQueries,
  ...concepts.oneThing.oneThingQueries,
  ...concepts.delegation.delegationQueries,
  ...concepts.supervision.supervisionQueries,
  ...concepts.audit.auditQueries,
  ...concepts.journal.journalQueries,
  ...concepts.appKey.appKeyQueries,
};

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const queryNames = Object.keys(queries) as readonly QueryName[];

/** `case` of `case.submit`. */
export const contractOf = (name: string): string => name.slice(0, name.indexOf('.'));
/** `submit` of `case.submit`. */
export const transactionOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** The function name on the wire: `<contract>:<transaction>`. It takes ONE string, the JSON of the input. */
export const functionName = (name: string): string => `${contractOf(name)}:${transactionOf(name)}`;
