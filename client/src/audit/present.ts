import { findingWords, type AuditVerdict } from '@yici/ledger';
import type { Words } from '@yici/domain/model';
import { renderTable, renderFields, type Column, type Say } from '@yici/terminal';
import type { AuditJson } from './audit-json.js';

const words: Readonly<Record<AuditVerdict, Words>> = {
  VERIFIED: { zh: '核验通过', en: 'VERIFIED' },
  FAILED: { zh: '核验不通过', en: 'FAILED' },
  INCOMPLETE: { zh: '材料不全', en: 'INCOMPLETE' },
  UNVERIFIABLE: { zh: '无法核验', en: 'UNVERIFIABLE' },
};

/** Maximum number of findings printed; `--json` contains all. */
const shownFindings = 100;

/** The verdict in one word. */
export const auditVerdictWords = ({ verdict }: Pick<AuditJson, 'verdict'>): Words => words[verdict];

export function auditLines(report: AuditJson, say: Say): string[] {
  const codes = Object.entries(report.codes).map(([name, count]) => `${name} ${count}`);
  const { findings } = report;
  const more = findings.length - shownFindings;
  const verdict = auditVerdictWords(report);
  return [
    say({ zh: `结论：${verdict.zh}`, en: `verdict: ${verdict.en}` }),
    ...renderFields(
      [
        [{ zh: '区块数', en: 'height' }, report.height],
        [{ zh: '交易数', en: 'transactions' }, report.transactions],
        [{ zh: '验证码', en: 'codes' }, codes.join(' · ')],
      ],
      say,
    ),
    ...(findings.length === 0
      ? []
      : [
          say({ zh: `发现问题 ${findings.length} 项`, en: `findings: ${findings.length}` }),
          ...renderTable(columns, findings.slice(0, shownFindings), say),
        ]),
    ...(more > 0
      ? [
          say({
            zh: `… 另有 ${more} 项，用 --json 查看全部`,
            en: `… ${more} more, all with --json`,
          }),
        ]
      : []),
  ];
}

const columns: readonly Column<AuditJson['findings'][number]>[] = [
  [{ zh: '代码', en: 'code' }, ({ code }) => code],
  [{ zh: '区块', en: 'block' }, ({ block }) => block],
  [{ zh: '交易', en: 'transaction' }, ({ tx }) => tx],
  [{ zh: '说明', en: 'detail' }, findingWords, { max: 160 }],
];
