import type { z } from 'zod';
import { appKeyCommands, appKeyQueries } from './app-key/commands';
import { attestationCommands, attestationQueries } from './attestation/commands';
import { auditCommands, auditQueries } from './audit/commands';
import { calendarCommands, calendarQueries } from './calendar/commands';
import { caseCommands, caseQueries } from './case/commands';
import { dutyRulingCommands, dutyRulingQueries } from './case/duty-ruling-commands';
import { datasetCommands, datasetQueries } from './dataset/commands';
import { delegationCommands, delegationQueries } from './delegation/commands';
import { departmentCommands, departmentQueries } from './department/commands';
import { dutyCommands, dutyQueries } from './duty/commands';
import { journalCommands, journalQueries } from './journal/commands';
import { withoutHidden } from './kernel/hidden-characters';
import type { OperationSpec } from './kernel/operation';
import { matterCommands, matterQueries } from './matter/commands';
import { oneThingCommands, oneThingQueries } from './one-thing/commands';
import { sharingCommands, sharingQueries } from './sharing/commands';
import { supervisionCommands, supervisionQueries } from './supervision/commands';
import { timeCommands } from './time/commands';

// Interfaces, and not the types of the values below: declared by name, they are not written out again wherever
// they are used, which took the compiler most of its time.
type DepartmentCommands = typeof departmentCommands;

type CalendarCommands = typeof calendarCommands;

type DutyCommands = typeof dutyCommands;

type MatterCommands = typeof matterCommands;

type OneThingCommands = typeof oneThingCommands;

type CaseCommands = typeof caseCommands;

type DatasetCommands = typeof datasetCommands;

type AttestationCommands = typeof attestationCommands;

type AppKeyCommands = typeof appKeyCommands;

type DutyRulingCommands = typeof dutyRulingCommands;

type DelegationCommands = typeof delegationCommands;

type SupervisionCommands = typeof supervisionCommands;

type AuditCommands = typeof auditCommands;

type JournalCommands = typeof journalCommands;

type SharingCommands = typeof sharingCommands;

type TimeCommands = typeof timeCommands;

type DepartmentQueries = typeof departmentQueries;

type CalendarQueries = typeof calendarQueries;

type DutyQueries = typeof dutyQueries;

type MatterQueries = typeof matterQueries;

type OneThingQueries = typeof oneThingQueries;

type CaseQueries = typeof caseQueries;

type DatasetQueries = typeof datasetQueries;

type AttestationQueries = typeof attestationQueries;

type AppKeyQueries = typeof appKeyQueries;

type DutyRulingQueries = typeof dutyRulingQueries;

type DelegationQueries = typeof delegationQueries;

type SupervisionQueries = typeof supervisionQueries;

type AuditQueries = typeof auditQueries;

type JournalQueries = typeof journalQueries;

type SharingQueries = typeof sharingQueries;

/** Every write the chaincode has, by name; see {@link commands}. */
export interface Commands
  extends
    DepartmentCommands,
    CalendarCommands,
    DutyCommands,
    MatterCommands,
    OneThingCommands,
    CaseCommands,
    DatasetCommands,
    AttestationCommands,
    AppKeyCommands,
    DutyRulingCommands,
    DelegationCommands,
    SupervisionCommands,
    AuditCommands,
    JournalCommands,
    SharingCommands,
    TimeCommands {}

/** Every read the chaincode has, by name. */
export interface Queries
  extends
    DepartmentQueries,
    CalendarQueries,
    DutyQueries,
    MatterQueries,
    OneThingQueries,
    CaseQueries,
    DatasetQueries,
    AttestationQueries,
    AppKeyQueries,
    DutyRulingQueries,
    DelegationQueries,
    SupervisionQueries,
    AuditQueries,
    JournalQueries,
    SharingQueries {}

/**
 * Every write the chaincode has, by name. Gateway routes, OpenAPI, client methods and the command line derive from
 * this list and nothing else.
 */
export const commands: Commands = plain({
  ...departmentCommands,
  ...calendarCommands,
  ...dutyCommands,
  ...matterCommands,
  ...oneThingCommands,
  ...caseCommands,
  ...datasetCommands,
  ...attestationCommands,
  ...appKeyCommands,
  ...dutyRulingCommands,
  ...delegationCommands,
  ...supervisionCommands,
  ...auditCommands,
  ...journalCommands,
  ...sharingCommands,
  ...timeCommands,
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
  ...departmentQueries,
  ...calendarQueries,
  ...dutyQueries,
  ...matterQueries,
  ...oneThingQueries,
  ...caseQueries,
  ...datasetQueries,
  ...attestationQueries,
  ...appKeyQueries,
  ...dutyRulingQueries,
  ...delegationQueries,
  ...supervisionQueries,
  ...auditQueries,
  ...journalQueries,
  ...sharingQueries,
} as const satisfies Readonly<Record<string, OperationSpec>>;

export type CommandName = keyof Commands;

export type QueryName = keyof Queries;

export type CommandInput<N extends CommandName> = z.output<Commands[N]['input']>;

export type CommandOutput<N extends CommandName> = z.output<Commands[N]['output']>;

export type QueryInput<N extends QueryName> = z.output<Queries[N]['input']>;

export type QueryOutput<N extends QueryName> = z.output<Queries[N]['output']>;

export const commandNames = Object.keys(commands) as readonly CommandName[];

export const queryNames = Object.keys(queries) as readonly QueryName[];

/** The function name on the wire: `<contract>:<transaction>`. */
export function functionName(spec: Pick<OperationSpec, 'contract' | 'transaction'>): string {
  return `${spec.contract}:${spec.transaction}`;
}
