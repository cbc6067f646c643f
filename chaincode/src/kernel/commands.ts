import type { z } from 'zod';

// Interfaces, and not the types of the lists in ../commands.ts: declared by name, they are not written out again wherever
// they are used, which took the compiler most of its time. ../commands.ts adds those of every concept.

/** Every write the chaincode has, by name. */
export interface Commands {}
/** Every read the chaincode has, by name. */
export interface Queries {}

export type CommandName = keyof Commands;
export type QueryName = keyof Queries;
export type CommandInput<N extends CommandName> = z.output<Commands[N]['input']>;
export type QueryInput<N extends QueryName> = z.output<Queries[N]['input']>;
export type QueryOutput<N extends QueryName> = z.output<Queries[N]['output']>;
