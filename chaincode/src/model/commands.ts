import type { z } from 'zod';
import { appKeyCommands, appKeyQueries } from './registry/app-key';
import { attestationCommands, attestationQueries } from './registry/attestation';
import { caseCommands, caseQueries } from './registry/case';
import { datasetCommands, datasetQueries } from './registry/dataset';
import { caseTimeCommands } from './registry/case-time';
import { departmentCommands, departmentQueries } from './registry/department';
import { dutyCommands, dutyQueries } from './registry/duty';
import { matterCommands, matterQueries } from './registry/matter';
import { oneThingCommands, oneThingQueries } from './registry/one-thing';
import { responsibilityCommands, responsibilityQueries } from './registry/responsibility';
import { supervisionCommands, supervisionQueries } from './registry/supervision';
import { sharingCommands, sharingQueries } from './registry/sharing';
import type { OperationSpec } from './registry/spec';

/**
 * Every write the chaincode has, by name. Gateway routes, OpenAPI, client methods and the command line derive from
 * this list and nothing else.
 */
export const commands = {
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
  ...sharingCommands,
} as const satisfies Readonly<Record<string, OperationSpec>>;

/** Every read the chaincode has, by name. */
export const queries = {
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
  ...sharingQueries,
} as const satisfies Readonly<Record<string, OperationSpec>>;

export type CommandName = keyof typeof commands;
export type QueryName = keyof typeof queries;
export type CommandInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]['output']>;
export type QueryInput<N extends QueryName> = z.output<(typeof queries)[N]['input']>;
export type QueryOutput<N extends QueryName> = z.output<(typeof queries)[N]['output']>;

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const queryNames = Object.keys(queries) as readonly QueryName[];

/** The function name on the wire: `<contract>:<transaction>`. */
export function functionName(spec: Pick<OperationSpec, 'contract' | 'transaction'>): string {
  return `${spec.contract}:${spec.transaction}`;
}
