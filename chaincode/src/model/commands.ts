import type { z } from 'zod';
import { withoutHidden } from './hidden-characters';
import { appKeyCommands, appKeyQueries } from './registry/app-key';
import { attestationCommands, attestationQueries } from './registry/attestation';
import { auditCommands, auditQueries } from './registry/audit';
import { caseCommands, caseQueries } from './registry/case';
import { datasetCommands, datasetQueries } from './registry/dataset';
import { caseTimeCommands } from './registry/case-time';
import { departmentCommands, departmentQueries } from './registry/department';
import { dutyCommands, dutyQueries } from './registry/duty';
import { journalCommands, journalQueries } from './registry/journal';
import { matterCommands, matterQueries } from './registry/matter';
import { oneThingCommands, oneThingQueries } from './registry/one-thing';
import { responsibilityCommands, responsibilityQueries } from './registry/responsibility';
import { supervisionCommands, supervisionQueries } from './registry/supervision';
import { sharingCommands, sharingQueries } from './registry/sharing';
import { timeCommands } from './registry/time';
import type { OperationSpec } from './registry/spec';

// Interfaces, and not the types of the values below: declared by name, they are not written out again wherever
// they are used, which took the compiler most of its time.
type DepartmentCommands = typeof departmentCommands;
type DutyCommands = typeof dutyCommands;
type MatterCommands = typeof matterCommands;
type OneThingCommands = typeof oneThingCommands;
type CaseCommands = typeof caseCommands;
type DatasetCommands = typeof datasetCommands;
type CaseTimeCommands = typeof caseTimeCommands;
type AttestationCommands = typeof attestationCommands;
type AppKeyCommands = typeof appKeyCommands;
type ResponsibilityCommands = typeof responsibilityCommands;
type SupervisionCommands = typeof supervisionCommands;
type AuditCommands = typeof auditCommands;
type JournalCommands = typeof journalCommands;
type SharingCommands = typeof sharingCommands;
type TimeCommands = typeof timeCommands;
type DepartmentQueries = typeof departmentQueries;
type DutyQueries = typeof dutyQueries;
type MatterQueries = typeof matterQueries;
type OneThingQueries = typeof oneThingQueries;
type CaseQueries = typeof caseQueries;
type DatasetQueries = typeof datasetQueries;
type AttestationQueries = typeof attestationQueries;
type AppKeyQueries = typeof appKeyQueries;
type ResponsibilityQueries = typeof responsibilityQueries;
type SupervisionQueries = typeof supervisionQueries;
type AuditQueries = typeof auditQueries;
type JournalQueries = typeof journalQueries;
type SharingQueries = typeof sharingQueries;

/** Every write the chaincode has, by name; see {@link commands}. */
export interface Commands
  extends
    DepartmentCommands,
    DutyCommands,
    MatterCommands,
    OneThingCommands,
    CaseCommands,
    DatasetCommands,
    CaseTimeCommands,
    AttestationCommands,
    AppKeyCommands,
    ResponsibilityCommands,
    SupervisionCommands,
    AuditCommands,
    JournalCommands,
    SharingCommands,
    TimeCommands {}
/** Every read the chaincode has, by name. */
export interface Queries
  extends
    DepartmentQueries,
    DutyQueries,
    MatterQueries,
    OneThingQueries,
    CaseQueries,
    DatasetQueries,
    AttestationQueries,
    AppKeyQueries,
    ResponsibilityQueries,
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
  ...dutyCommands,
  ...matterCommands,
  ...oneThingCommands,
  ...caseCommands,
  ...datasetCommands,
  ...caseTimeCommands,
  ...attestationCommands,
  ...appKeyCommands,
  ...responsibilityCommands,
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
  ...dutyQueries,
  ...matterQueries,
  ...oneThingQueries,
  ...caseQueries,
  ...datasetQueries,
  ...attestationQueries,
  ...appKeyQueries,
  ...responsibilityQueries,
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
