import { z } from 'zod';

const errorSchema = z.strictObject({
  code: z.string(),
  detail: z.string(),
  source: z.literal('contract'),
  details: z.record(z.string(), z.unknown()),
});

/** What a command is over all its attempts; what else a record has is left out when read with it. */
export const commandSchema = z.object({
  v: z.literal(1),
  /** The gateway's own id. */
  id: z.string(),
  command: z.string(),
  /** The gateway issued the case number in `input` and may issue another. */
  issuedCaseNo: z.boolean(),
  owner: z.string(),
  mspId: z.string(),
  user: z.string(),
  creator: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: z.string(),
  /** Confidential values go with it. They are not in this record: {@link PrivateParts} has them, in memory. */
  privately: z.literal(true).exactOptional(),
  /** Departments whose peers are asked to endorse, by MSP id; absent: the peer chooses. */
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
  /** Until when the next signature is taken. */
  expiresAt: z.string(),
};

const endorsement = {
  /** What is to be signed next: the payload of the envelope. */
  payload: z.string(),
  /** What the contract returned. */
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
 * A transaction as the gateway keeps it between the steps, by how far it has brought it itself; how it ended is read from the
 * index. Bytes are base64. Not strict: older records have null for every field of the other states, which is left out.
 */
export const pendingTransactionSchema = z.discriminatedUnion('state', [
  proposed,
  endorsed,
  submitted,
  refused,
]);

/** Waits for the signature of its proposal. */
export type Proposed = z.infer<typeof proposed>;
/** Waits for the signature of its envelope. */
export type Endorsed = z.infer<typeof endorsed>;
/** Its envelope may have left the gateway. */
export type Submitted = z.infer<typeof submitted>;
/** The contract refused it, which is final. */
export type Refused = z.infer<typeof refused>;
export type PendingTransaction = z.infer<typeof pendingTransactionSchema>;
export type PendingError = z.infer<typeof errorSchema>;

/** What an Idempotency-Key stands for. */
export const idempotencySchema = z.strictObject({
  /** SHA-256 over command and canonical input, hex. */
  request: z.string(),
  id: z.string(),
});

export type IdempotencyRecord = z.infer<typeof idempotencySchema>;
