import type { z } from 'zod';
import type { Audience } from './audiences';
import type { Role } from './roles';
import type { Todo } from './todos';

/** A short line about an operation, in both languages. */
export interface Summary {
  readonly zh: string;
  readonly en: string;
}

/** What every transaction of the chaincode says of itself. Its name is `<contract>.<transaction>`, see ../commands.ts. */
export interface OperationSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly summary: Summary;
}

/** What commands act on, as clients address it: the collection in a path, and the input's field that names one of it. */
export interface Resource {
  readonly plural: string;
  readonly key: string;
}

/** A write: everything that is said of a command, except how it is handled (`handlers.ts` beside it). */
export interface CommandSpec<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends OperationSpec {
  readonly input: Input;
  readonly output: Output;
  readonly of: Resource;
  /** Makes one of the resource, so that the collection itself is addressed. */
  readonly creates?: true;
  /** What travels beside the input in the transient map, for commands that carry confidential values. */
  readonly private?: z.ZodType;
  /** Endorsed by the peers of the caller's department alone: it reads what only they have, and writes nothing else. */
  readonly ownPeers?: true;
  /** Fields that the gateway fills in where the caller leaves them out: the numbers of what is filed. */
  readonly issued?: readonly string[];
  /** Fields that the gateway alone sets, between two attempts of one command: for callers they are not documented. */
  readonly internal?: readonly string[];
  /** A department that has ended may give it still: it finishes what is its own. */
  readonly finishes?: true;
  /** What was done, for its receipt, where the summary is no sentence about that. */
  readonly done?: Summary;
  /** What it leaves for somebody to do next, where that is the same in every case. */
  readonly leadsTo?: Todo;
  /** Roles that may call it. */
  readonly roles: readonly Role[];
}

/** A read. Every role may ask; `audience` says what of the answer concerns whom. */
export interface QuerySpec<
  For extends Audience = Audience,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends OperationSpec {
  readonly audience: For;
  readonly input: Input;
  readonly output: Output;
}

/** Keeps the types of a command's specification. */
export function command<Input extends z.ZodType, Output extends z.ZodType>(
  spec: CommandSpec<Input, Output>,
): CommandSpec<Input, Output> {
  return spec;
}

/** Keeps the types of a query's specification. */
export function query<
  const For extends Audience,
  Input extends z.ZodType,
  Output extends z.ZodType,
>(spec: QuerySpec<For, Input, Output>): QuerySpec<For, Input, Output> {
  return spec;
}

/** Officials who do the daily work. */
export const officials: readonly Role[] = ['clerk', 'head'];
/** Officials and back-office systems. */
export const staff: readonly Role[] = ['clerk', 'head', 'service'];
/** Whoever notices what time has made due: officials, systems, and a gateway's clock. */
export const timekeepers: readonly Role[] = [...staff, 'gateway'];
/** Who speaks for a department. */
export const heads: readonly Role[] = ['head'];
/** Who manages a department's entry. */
export const keepers: readonly Role[] = ['head', 'admin'];
