import {
  auditRunCodes,
  auditRunVerdicts,
  canonicalDigest,
  mostAuditPlaces,
  type CommandInput,
} from '@yici/domain/model';
import type { AuditReport } from '@yici/ledger';
import { z } from 'zod';
import { auditJson } from './audit-json.js';
import type { AuditScope } from './chain-summary.js';

const whole = z.int().min(0);

/**
 * The complete report of an audit run, to be archived: the ledger stores its SHA-256 as canonical JSON (RFC 8785) and
 * the fields selected by {@link recordOf}.
 */
export const auditRunReport = z.strictObject({
  v: z.literal(1),
  channel: z.string(),
  genesisHash: z.string(),
  fromBlock: whole,
  toBlock: whole,
  /** SHA-256 of the last block's header; null when it cannot be read. */
  headerHash: z.string().nullable(),
  verifier: z.strictObject({ name: z.string(), version: z.string() }),
  startedAt: z.string(),
  finishedAt: z.string(),
  checked: z.strictObject({ blocks: whole, transactions: whole, signatures: whole }),
  verdict: z.enum(auditRunVerdicts),
  /** Transactions by recomputed validation code. */
  codes: z.record(z.string(), whole),
  findings: z.array(
    z.strictObject({
      code: z.enum(auditRunCodes),
      block: whole.nullable(),
      tx: whole.nullable(),
      detail: z.string(),
    }),
  ),
});
export type AuditRunReport = z.infer<typeof auditRunReport>;

/** Result and scope of a run. */
export interface AuditRun extends AuditReport {
  readonly run: AuditScope;
}

interface RunTimes {
  readonly genesisHash: string;
  /** The program that verified. */
  readonly verifier: AuditRunReport['verifier'];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The report of a run; undefined when no block identified the channel. */
export function runReport(
  audit: AuditRun,
  { genesisHash, verifier, startedAt, finishedAt }: RunTimes,
): AuditRunReport | undefined {
  const { channel, range, blocks, signatures, headerHash = null } = audit.run;
  if (channel === undefined || range === undefined) return undefined;
  const { codes, findings, transactions } = auditJson(audit);
  return auditRunReport.parse({
    v: 1,
    channel,
    genesisHash: genesisHash.toLowerCase(),
    fromBlock: Number(range.from),
    toBlock: Number(range.to),
    headerHash,
    verifier,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    checked: { blocks, transactions, signatures },
    verdict: verdictWord(audit),
    codes,
    findings,
  });
}

const verdictWord = ({ verdict }: AuditReport) => verdict.toLowerCase();

/** The part of a report that is recorded on the ledger (`audit.record`). */
export function recordOf(report: AuditRunReport): CommandInput<'audit.record'> {
  const { channel, genesisHash, fromBlock, toBlock, headerHash, verifier } = report;
  const { startedAt, finishedAt, checked, verdict } = report;
  return {
    report: canonicalDigest(report),
    ...{ channel, genesisHash, fromBlock, toBlock },
    ...(headerHash === null ? {} : { headerHash }),
    ...{ verifier, startedAt, finishedAt, checked, verdict },
    findings: findingsByCode(report),
  };
}

function findingsByCode({ findings }: AuditRunReport): CommandInput<'audit.record'>['findings'] {
  return auditRunCodes.flatMap((code) => {
    const found = findings.filter((finding) => finding.code === code);
    if (found.length === 0) return [];
    const places = found.slice(0, mostAuditPlaces).map(({ block, tx }) => ({
      ...(block === null ? {} : { block }),
      ...(tx === null ? {} : { tx }),
    }));
    return [{ code, count: found.length, places }];
  });
}
