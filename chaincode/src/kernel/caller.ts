import type { CommandInput, CommandName } from './commands';
import { shanghaiDate } from './days';
import { departureOf, saidOf, type Departure, type Held } from './departures';
import type { ContractEvent } from './events';
import { ContractError } from './errors';
import type { KeyParts } from './keys';
import type { LedgerRecord } from './records';
import type { Actor, DepartmentFunction, Role, Signoff } from './roles';

/** Who calls and when: all a rule knows of the world outside the ledger. */
export interface Caller {
  readonly mspId: string;
  readonly role: Role;
  readonly user: string;
  /** The transaction's timestamp, ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly txId: string;
}

/** A caller whose department is registered. */
export interface Member extends Caller {
  readonly department: string;
  /** The absent official in whose place the caller acts, and the delegation under which; see delegation/delegation.ts. */
  readonly for?: string;
  readonly under?: string;
  /** The sign-off inside the department that the act names. */
  readonly signoff?: Signoff;
  /** What has left the department by a reorganisation; see departures.ts. */
  readonly left?: readonly Departure[];
}

/** A key that only these departments' peers together may change from now on. */
export interface KeyEndorsement {
  readonly record: LedgerRecord;
  readonly mspIds: readonly string[];
}

/** A write to a private collection; without a value the key is purged, history and all. */
export interface PrivateWrite {
  readonly collection: string;
  readonly key: KeyParts;
  readonly value: string | undefined;
}

/** What a rule asks to be written. */
export interface Outcome<R extends LedgerRecord = LedgerRecord> {
  /** The record the transaction is about; its canonical JSON is the answer. */
  readonly main: R;
  readonly also: readonly LedgerRecord[];
  readonly event: ContractEvent;
  readonly endorsements?: readonly KeyEndorsement[];
  readonly privately?: readonly PrivateWrite[];
  /** Only `privately` is written: peers of other departments cannot read it and need not endorse it. */
  readonly onlyPrivately?: true;
}

/** What a command asks to be written, from its input and from `state`, what the ledger has: no store, no clock. */
export type Rule<N extends CommandName, State, R extends LedgerRecord = LedgerRecord> = (
  state: State,
  input: CommandInput<N>,
  member: Member,
) => Outcome<R>;

/** A command, and the roles that its specification gives it to. */
export interface Allowed {
  readonly name: CommandName;
  readonly roles: readonly Role[];
}

/** @throws ContractError ROLE_REFUSED when the command is not given to the caller's role. */
export function authorize({ name, roles }: Allowed, { role }: Caller): void {
  if (!roles.includes(role)) {
    throw new ContractError('ROLE_REFUSED', { command: name, role, allowed: roles });
  }
}

export function actorOf(member: Member): Actor {
  const { department, role, user } = member;
  return {
    department,
    role,
    user,
    ...(member.for === undefined ? {} : { for: member.for }),
    ...(member.under === undefined ? {} : { under: member.under }),
    ...(member.signoff === undefined ? {} : { signoff: member.signoff }),
  };
}

/** @throws ContractError WRONG_DEPARTMENT */
export function requireDepartment(member: Member, department: string): void {
  if (member.department !== department) {
    throw new ContractError('WRONG_DEPARTMENT', {
      department: member.department,
      expected: department,
    });
  }
}

/** A department that has ended only finishes what is its own. @throws ContractError DEPARTMENT_ENDED */
export function requireLasting({ left, department, at }: Member, finishes: boolean): void {
  const ended = departureOf(left, { of: 'everything' }, shanghaiDate(at));
  if (ended === undefined || finishes) return;
  throw new ContractError('DEPARTMENT_ENDED', { department, ...saidOf(ended) });
}

/**
 * Whose it is acts on it, and after a reorganisation whoever got it.
 * @throws ContractError WRONG_DEPARTMENT, MOVED_BY_REFORM
 */
export function requireHolder(member: Member, department: string, held: Held): void {
  requireDepartment(member, department);
  const gone = departureOf(member.left, held, shanghaiDate(member.at));
  if (gone !== undefined) {
    throw new ContractError('MOVED_BY_REFORM', { [held.of]: held.id, ...saidOf(gone) });
  }
}

/** The owner of a matter, or of a case of it. @throws ContractError WRONG_DEPARTMENT, MOVED_BY_REFORM */
export function requireOwner(
  { owner, taskCode: id }: { readonly owner: string; readonly taskCode: string },
  member: Member,
): void {
  requireHolder(member, owner, { of: 'matter', id });
}

/**
 * Two acts by one official of one department. Enrolment names survive a renewed certificate. Under a delegation both
 * names count: neither the absent nor the acting official may check what either made.
 */
export function isSamePerson(actor: Actor, member: Member): boolean {
  if (actor.department !== member.department) return false;
  const makers = [actor.user, actor.for].filter((name) => name !== undefined);
  return makers.some((name) => name === member.user || name === member.for);
}

/** @throws ContractError MAKER_IS_CHECKER, with who could act, when the same official made what is to be checked. */
export function requireOtherPerson(maker: Actor, member: Member): void {
  if (!isSamePerson(maker, member)) return;
  const { user, department, role } = member;
  const others = [maker.user, maker.for, user, member.for].filter((name) => name !== undefined);
  throw new ContractError('MAKER_IS_CHECKER', {
    user,
    couldAct: { department, role, notOneOf: [...new Set(others)].sort() },
  });
}

/** @throws ContractError MAKER_IS_CHECKER when the maker's own department would check it. */
export function requireOtherDepartment(maker: string, member: Member): void {
  if (maker === member.department) {
    throw new ContractError('MAKER_IS_CHECKER', {
      department: member.department,
      couldAct: { role: member.role, notOf: maker },
    });
  }
}

/** @throws ContractError NOT_FOUND, with the ids that were looked for */
export function found<T>(record: T | undefined, ids: Readonly<Record<string, unknown>>): T {
  if (record === undefined) throw new ContractError('NOT_FOUND', ids);
  return record;
}

/** @throws ContractError ALREADY_EXISTS */
export function absent(record: LedgerRecord | undefined, ids: Readonly<Record<string, unknown>>) {
  if (record !== undefined) throw new ContractError('ALREADY_EXISTS', ids);
}

/** @throws ContractError FUNCTION_VACANT */
export function holderOf<H extends { readonly department: string }>(
  name: DepartmentFunction,
  holder: H | undefined,
): H {
  if (holder === undefined) throw new ContractError('FUNCTION_VACANT', { function: name });
  return holder;
}

/** The common part of a chaincode event. */
export function eventOf(name: CommandName, member: Member, at: string): ContractEvent {
  return { v: 1, name, department: member.department, at };
}
