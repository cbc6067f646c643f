import { renderTable, sayIn, type Column } from '@yici/terminal';

/** What a case did and saw. */
export interface CaseResult {
  readonly name: string;
  /** Writes that the gateway answered as committed. */
  readonly acknowledged: number;
  /** Of them, those that were once in doubt and were asked for again with their own key. */
  readonly resolved: number;
  /** Milliseconds between two acknowledged writes, the longest. */
  readonly longestGap: number;
  /** How often operators had to type a command again, where they changed members meanwhile. */
  readonly again?: number;
  readonly blocks: number;
  readonly verdict: 'held' | 'VIOLATED';
  readonly notes: readonly string[];
  readonly violations: readonly string[];
  readonly seconds: number;
}

export interface FabricFaultReport {
  readonly cases: readonly CaseResult[];
  /** Cases that could not be run here, and why. */
  readonly leftOut: readonly string[];
  readonly seconds: number;
  /** Data, logs and exported blocks of the stands where something was violated. */
  readonly kept: readonly string[];
}

/** At most so many violations of a case are shown; `--json` has all. */
const shown = 10;

/** The table of a run for a person. */
export function fabricReportLines(report: FabricFaultReport): string[] {
  const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
  const columns: readonly Column<CaseResult>[] = [
    ['case', ({ name }) => name],
    ['acknowledged', ({ acknowledged }) => acknowledged],
    ['in doubt, resolved', ({ resolved }) => resolved],
    ['longest gap', ({ longestGap }) => seconds(longestGap)],
    ...(report.cases.some(({ again }) => again !== undefined)
      ? [['tries again', ({ again = 0 }: CaseResult) => again] as const]
      : []),
    ['verdict', ({ verdict }) => verdict],
    ['note', ({ notes }) => notes.join('; ')],
  ];
  return [
    ...renderTable(columns, report.cases, sayIn('en')),
    ...report.leftOut.map((text) => `left out: ${text}`),
    ...report.cases.flatMap(({ name, violations }) =>
      violations.slice(0, shown).map((text) => `✗ ${name}: ${text}`),
    ),
    ...report.kept.map((folder) => `kept in ${folder}`),
  ];
}
