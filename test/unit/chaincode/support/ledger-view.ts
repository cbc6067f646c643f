import type {
  CommandInput,
  CommandName,
  DepartmentFunction,
  RecordKind,
  RecordOf,
} from '@yici/domain/model';
import type { Caller, Member, Outcome, YearCalendar } from '@yici/domain/rules';

/** What the tables of rules read of the ledger in memory. */
export interface LedgerView {
  get<K extends RecordKind>(kind: K, ...attributes: string[]): RecordOf<K> | undefined;
  all<K extends RecordKind>(kind: K): RecordOf<K>[];
  member(caller: Caller): Member;
  calendar(
    pinned?: { year: number; version: number }[],
  ): (year: number) => YearCalendar | undefined;
  holder(name: DepartmentFunction): RecordOf<'functionHolder'> | undefined;
}

/** Loads what a command's rule looks at and runs it. */
export type ViewRule<N extends CommandName> = (
  ledger: LedgerView,
  input: CommandInput<N>,
  caller: Caller,
  /** What came beside the command, for those that take something private. */
  secret?: unknown,
) => Outcome;
