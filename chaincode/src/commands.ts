import {
  department,
  calendar,
  duty,
  dataset,
  sharing,
  attestation,
  matter,
  cases,
  oneThing,
  delegation,
  supervision,
  audit,
  journal,
  appKey,
  time,
} from './concepts';
import type { CommandName, Commands, Queries, QueryName } from './kernel/commands';
import { withoutHidden } from './kernel/hidden-characters';
import type { OperationSpec } from './kernel/operation';

/**
 * Every write the chaincode has, by name. Gateway routes, OpenAPI, client methods and the command line derive from
 * this list and nothing else.
 */
export const commands: Commands = plain({
  ...department.departmentCommands,
  ...calendar.calendarCommands,
  ...duty.dutyCommands,
  ...dataset.datasetCommands,
  ...sharing.sharingCommands,
  ...attestation.attestationCommands,
  ...matter.matterCommands,
  ...cases.caseCommands,
  ...cases.dutyRulingCommands,
  ...oneThing.oneThingCommands,
  ...delegation.delegationCommands,
  ...supervision.supervisionCommands,
  ...audit.auditCommands,
  ...journal.journalCommands,
  ...appKey.appKeyCommands,
  ...time.timeCommands,
});

/** Text is checked where it comes in, and not in the records: what stands on a ledger already stays readable. */
function plain(specs: Commands): Commands {
  const checked = Object.entries<OperationSpec>({ ...specs }).map(([name, spec]) => [
    name,
    { ...spec, input: withoutHidden(spec.input) },
  ]);
  return Object.fromEntries(checked) as Commands;
}

/** Every read the chaincode has, by name. */
export const queries: Queries = {
  ...department.departmentQueries,
  ...calendar.calendarQueries,
  ...duty.dutyQueries,
  ...dataset.datasetQueries,
  ...sharing.sharingQueries,
  ...attestation.attestationQueries,
  ...matter.matterQueries,
  ...cases.caseQueries,
  ...cases.dutyRulingQueries,
  ...oneThing.oneThingQueries,
  ...delegation.delegationQueries,
  ...supervision.supervisionQueries,
  ...audit.auditQueries,
  ...journal.journalQueries,
  ...appKey.appKeyQueries,
};

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const queryNames = Object.keys(queries) as readonly QueryName[];

/** The function name on the wire: `<contract>:<transaction>`. */
export function functionName(spec: Pick<OperationSpec, 'contract' | 'transaction'>): string {
  return `${spec.contract}:${spec.transaction}`;
}
