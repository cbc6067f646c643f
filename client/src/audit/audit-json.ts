import type { AuditReport } from '@yici/ledger';

/** Output of `yici audit verify --json`. */
export type AuditJson = ReturnType<typeof auditJson>;

export function auditJson(report: AuditReport) {
  return {
    verdict: report.verdict,
    /** One more than the highest block's number. */
    height: Number(report.height),
    transactions: report.transactions,
    /** Transactions by recomputed validation code. */
    codes: Object.fromEntries(report.codes),
    findings: report.findings.map(({ code, block, tx, detail }) => ({
      code,
      // Null where it is about none.
      block: block === undefined ? null : Number(block),
      tx: tx ?? null,
      detail,
    })),
  };
}
