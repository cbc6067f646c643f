import type { AuditReport, AuditVerdict } from '@yici/ledger';
import { renderFields, renderTable, type Column } from '../terminal/table.js';

/** Output of `yici audit verify --json`. */
export type AuditJson = ReturnType<typeof auditJson>;

const words: Readonly<Record<AuditVerdict, string>> = {
  VERIFIED: '核验通过',
  FAILED: '核验不通过',
  INCOMPLETE: '材料不全',
  UNVERIFIABLE: '无法核验',
};

/** Maximum number of findings printed; `--json` contains all. */
const shownFindings = 100;

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

/** The verdict in one sentence. */
export function auditVerdictText({ verdict }: Pick<AuditJson, 'verdict'>): string {
  return `${words[verdict]} ${verdict}`;
}

export function auditLines(report: AuditJson): string[] {
  const codes = Object.entries(report.codes).map(([name, count]) => `${name} ${count}`);
  const { findings } = report;
  const more = findings.length - shownFindings;
  return [
    `结论 verdict: ${auditVerdictText(report)}`,
    ...renderFields([
      ['区块数 height', report.height],
      ['交易 transactions', report.transactions],
      ['验证码 codes', codes.join(' · ')],
    ]),
    ...(findings.length === 0
      ? []
      : [
          `发现 findings: ${findings.length}`,
          ...renderTable(columns, findings.slice(0, shownFindings)),
        ]),
    ...(more > 0 ? [`… 另有 ${more} 条 more, all with --json`] : []),
  ];
}

const columns: readonly Column<AuditJson['findings'][number]>[] = [
  { title: '代码 code', value: ({ code }) => code },
  { title: '区块 block', value: ({ block }) => block },
  { title: '交易 tx', value: ({ tx }) => tx },
  { title: '说明 detail', value: ({ detail }) => detail, max: 100 },
];
