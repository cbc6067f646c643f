import { z } from 'zod';
import { actor } from '../kernel/roles';
import { code, departmentId, listOf, recordOf, sha256Hex, timestamp } from '../kernel/scalars';
import { auditRunCodes, auditRunVerdicts } from './codes';
import { keyKind } from '../kernel/keys';

/** A block's number; JSON holds it exactly. */
const blockNumber = z.int().min(0);
const count = z.int().min(0);

/** Of one code, the places that a record names; the report has all. */
export const mostAuditPlaces = 20;

/** A Fabric channel's name. */
export const channelName = z
  .string()
  .max(249)
  .regex(/^[a-z][a-z0-9.-]*$/, 'lower-case letters, digits, dots and dashes');

/** The part of a verifier's report that goes on the ledger. */
export const auditRun = {
  /** SHA-256 of the whole report as canonical JSON (RFC 8785): no report is recorded twice. */
  report: sha256Hex,
  channel: channelName,
  /** SHA-256 of the genesis block's header, that the office keeps by itself and pinned the run to. */
  genesisHash: sha256Hex,
  /** First and last block that were looked at. */
  fromBlock: blockNumber,
  toBlock: blockNumber,
  /** SHA-256 of the last block's header: whoever has that block can tell which chain was checked. Absent when it is unreadable. */
  headerHash: sha256Hex.exactOptional(),
  verifier: z.strictObject({ name: code(64), version: code(64) }),
  startedAt: timestamp,
  finishedAt: timestamp,
  /** How much was checked; `signatures` are those that were computed, each as often as it was. */
  checked: z.strictObject({ blocks: count, transactions: count, signatures: count }),
  verdict: z.enum(auditRunVerdicts),
  /** What was found, by code: how often, and the first places. */
  findings: listOf(
    z.strictObject({
      code: z.enum(auditRunCodes),
      count: z.int().min(1),
      places: z
        .array(
          z.strictObject({
            block: blockNumber.exactOptional(),
            /** Position of the transaction in its block. */
            tx: z.int().min(0).exactOptional(),
          }),
        )
        .min(1)
        .max(mostAuditPlaces),
    }),
    auditRunCodes.length,
    (finding) => finding.code,
  ),
};

const auditSchema = recordOf('audit', {
  ...auditRun,
  department: departmentId,
  by: actor,
  at: timestamp,
});
type AuditRecordShape = typeof auditSchema;
/** The type of {@link auditRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface AuditRecordSchema extends AuditRecordShape {}
/** An audit run of the supervision office (核验记录). It is written once; every member can read it. */
export const auditRecord: AuditRecordSchema = auditSchema;
export type AuditRecord = z.output<typeof auditRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  audit: keyKind('audit', auditRecord, (r) => [r.report]),
};
