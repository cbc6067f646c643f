import { z } from 'zod';

/** How far the gateway itself has brought a transaction; how it ended is read from the index. */
const pendingStates = ['proposed', 'endorsed', 'submitted', 'refused'] as const;

const errorSchema = z.strictObject({
  code: z.string(),
  detail: z.string(),
  source: z.enum(['contract', 'peer', 'gateway']),
  details: z.record(z.string(), z.unknown()),
});

/** A transaction as the gateway keeps it between the steps; bytes are base64. */
export const pendingTransactionSchema = z.strictObject({
  v: z.literal(1),
  /** The gateway's own id, the same over all attempts. */
  id: z.string(),
  attempt: z.number().int().positive(),
  state: z.enum(pendingStates),
  command: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** The gateway issued the case number in `input` and may issue another. */
  issuedCaseNo: z.boolean(),
  owner: z.string(),
  mspId: z.string(),
  user: z.string(),
  creator: z.string(),
  txId: z.string(),
  timestamp: z.string(),
  proposal: z.string(),
  proposalSignature: z.string().nullable(),
  payload: z.string().nullable(),
  payloadSignature: z.string().nullable(),
  /** What the contract returned at endorsement. */
  result: z.unknown(),
  error: errorSchema.nullable(),
  /** Fabric ids of earlier attempts, oldest first. */
  earlier: z.array(z.string()),
  idempotencyKey: z.string().nullable(),
  createdAt: z.string(),
  /** Until when the next signature is taken. */
  expiresAt: z.string(),
  /** Confidential values go with it. They are not in this record: {@link PrivateParts} has them, in memory. */
  privately: z.literal(true).optional(),
  /** Departments whose peers are asked to endorse, by MSP id; absent: the peer chooses. */
  endorsers: z.array(z.string()).optional(),
});

export type PendingTransaction = z.infer<typeof pendingTransactionSchema>;
export type PendingError = z.infer<typeof errorSchema>;

/** What an Idempotency-Key stands for. */
export const idempotencySchema = z.strictObject({
  /** SHA-256 over command and canonical input, hex. */
  request: z.string(),
  id: z.string(),
});

export type IdempotencyRecord = z.infer<typeof idempotencySchema>;
