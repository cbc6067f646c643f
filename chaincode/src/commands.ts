import { joined, type Joined } from './concepts';
import type { CommandName, Commands, Queries, QueryName } from './kernel/commands';
import { withoutHidden } from './kernel/hidden-characters';
import type { CommandSpec } from './kernel/operation';

declare module './kernel/commands' {
  interface Commands extends Joined<'commands'> {}
  interface Queries extends Joined<'queries'> {}
}

/**
 * Every write the chaincode has, by name. Gateway routes, OpenAPI, client methods and the command line derive from
 * this list and nothing else.
 */
export const commands: Commands = plain(joined('commands'));

/** Hidden characters are refused in inputs and not in records: what is on a ledger already must stay readable. */
function plain(specs: Commands): Commands {
  const checked = Object.entries<CommandSpec>({ ...specs }).map(([name, spec]) => [
    name,
    { ...spec, input: withoutHidden(spec.input) },
  ]);
  return Object.fromEntries(checked) as Commands;
}

/** Every read the chaincode has, by name. */
export const queries: Queries = joined('queries');

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const queryNames = Object.keys(queries) as readonly QueryName[];

/** `case` of `case.submit`. */
export const contractOf = (name: string): string => name.slice(0, name.indexOf('.'));
/** `submit` of `case.submit`. */
export const transactionOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** The function name on the wire: `<contract>:<transaction>`. It takes ONE string, the JSON of the input. */
export const functionName = (name: string): string => `${contractOf(name)}:${transactionOf(name)}`;
