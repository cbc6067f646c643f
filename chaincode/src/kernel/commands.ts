import type { z } from 'zod';

/** Every write the chaincode has, by name; each concept adds its own where it declares them. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what is in it the concepts say
export interface Commands {}
/** Every read the chaincode has, by name. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what is in it the concepts say
export interface Queries {}

export type CommandName = keyof Commands;
export type QueryName = keyof Queries;
export type CommandInput<N extends CommandName> = z.output<Commands[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<Commands[N]['output']>;
export type QueryInput<N extends QueryName> = z.output<Queries[N]['input']>;
export type QueryOutput<N extends QueryName> = z.output<Queries[N]['output']>;
