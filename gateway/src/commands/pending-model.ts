import { z } from 'zod';

const errorSchema = z.strictObject({
  code: z.string(),
  detail: z.string(),
  source: z.literal('contract'),
  details: z.record(z.string(), z.unknown()),
});

/** The fields that all attempts of a command share; parsing a record with it drops the others. */
export const commandSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  command: z.string(),
  /** Whether the case number in `input` was issued by the gateway, which may replace it. */
  issuedCaseNo: z.boolean(),
  owner: z.string(),
  mspId: z.string(),
  user: z.string(),
  creator: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: z.string(),
  /** The command has confidential values, which are only in memory (drafts.ts). */
  privately: z.literal(true).exactOptional(),
  /** The issued case number of the last attempt that was ordered: another number comes instead of this one. */
  orderedCaseNo: z.string().exactOptional(),
  /** MSP ids of the departments whose peers endorse; absent: the peer chooses. */
  endorsers: z.array(z.string()).exactOptional(),
});

const attempt = {
  ...commandSchema.shape,
  attempt: z.number().int().positive(),
  input: z.record(z.string(), z.unknown()),
  txId: z.string(),
  timestamp: z.string(),
  proposal: z.string(),
  /** Fabric ids of earlier attempts, oldest first. */
  earlier: z.array(z.string()),
  /** Time limit for the next signature. */
  expiresAt: z.string(),
};

const endorsement = {
  /** The envelope's payload, which is signed next. */
  payload: z.string(),
  result: z.unknown(),
};

const proposed = z.object({ ...attempt, state: z.literal('proposed') });
const endorsed = z.object({ ...attempt, ...endorsement, state: z.literal('endorsed') });
const submitted = z.object({
  ...attempt,
  ...endorsement,
  state: z.literal('submitted'),
  payloadSignature: z.string(),
});
const refused = z.object({ ...attempt, state: z.literal('refused'), error: errorSchema });

/**
 * A transaction as stored between the steps; its result after submission is in the index. Bytes are base64. Not strict,
 * because older records contain null for each field of the other states, which is dropped.
 */
export const pendingTransactionSchema = z.discriminatedUnion('state', [
  proposed,
  endorsed,
  submitted,
  refused,
]);

/** The signature of its proposal is awaited. */
export type Proposed = z.infer<typeof proposed>;
/** The signature of its envelope is awaited. */
export type Endorsed = z.infer<typeof endorsed>;
/** Its envelope may have been submitted. */
export type Submitted = z.infer<typeof submitted>;
/** The contract refused it; this is final. */
export type Refused = z.infer<typeof refused>;
export type PendingTransaction = z.infer<typeof pendingTransactionSchema>;

/** The request of an Idempotency-Key. */
export const idempotencySchema = z.strictObject({
  /** SHA-256 over command and canonical input, hex. */
  request: z.string(),
  id: z.string(),
});

export type IdempotencyRecord = z.infer<typeof idempotencySchema>;
