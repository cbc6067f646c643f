import type { z } from 'zod';
import type { Role } from './roles';
import { roles } from './roles';

/** A short line about an operation, in both languages. */
export interface Summary {
  readonly zh: string;
  readonly en: string;
}

/**
 * One transaction of the chaincode. On the wire its function is `<contract>:<transaction>` with ONE string argument,
 * the JSON of `input`; the answer is canonical JSON of `output`.
 */
export interface OperationSpec<
  Contract extends string = string,
  Transaction extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly contract: Contract;
  readonly transaction: Transaction;
  readonly input: Input;
  readonly output: Output;
  /** What travels beside the input in the transient map, for commands that carry confidential values. */
  readonly private?: z.ZodType;
  /** Endorsed by the peers of the caller's department alone: it reads what only they have, and writes nothing else. */
  readonly ownPeers?: true;
  /** Roles that may call it; a query is open to every role. */
  readonly roles: readonly Role[];
  readonly summary: Summary;
}

/** Keeps the literal types of a specification. */
export function operation<
  const Contract extends string,
  const Transaction extends string,
  Input extends z.ZodType,
  Output extends z.ZodType,
>(
  spec: OperationSpec<Contract, Transaction, Input, Output>,
): OperationSpec<Contract, Transaction, Input, Output> {
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
export const anyone: readonly Role[] = roles;
