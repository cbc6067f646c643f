import { z } from 'zod';

const block = z.number().int().nonnegative();

/** Where the index stands, and of which channel it is. */
export const checkpointSchema = z.strictObject({
  layout: z.number().int(),
  channel: z.string(),
  /** Hex of the genesis block's header hash. */
  genesis: z.string(),
  /** The newest block that is in the index, and its header hash (hex). */
  block,
  hash: z.string(),
  /** The newest block that set the channel's config. */
  configBlock: block,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const blockRowSchema = z.strictObject({
  number: block,
  hash: z.string(),
  previousHash: z.string(),
  dataHash: z.string(),
  transactions: z.number().int(),
  valid: z.number().int(),
  /** Time of the first transaction, ISO 8601; null when it could not be read. */
  at: z.string().nullable(),
});
export type BlockRow = z.infer<typeof blockRowSchema>;

const codeSchema = z.strictObject({ number: z.number().int(), name: z.string() });

export const transactionRowSchema = z.strictObject({
  txId: z.string(),
  block,
  index: z.number().int(),
  /** common.HeaderType by name, e.g. ENDORSER_TRANSACTION. */
  type: z.string(),
  /** Fabric's TxValidationCode. */
  code: codeSchema,
  at: z.string().nullable(),
  creator: z.strictObject({ mspId: z.string(), user: z.string() }).nullable(),
  chaincode: z.string().nullable(),
  function: z.string().nullable(),
  /** Departments that may see the contents; null when every member may. */
  parties: z.array(z.string()).nullable(),
  /**
   * Where its time stands out from that of the acts around it by more than peers' clocks may differ, in seconds: it `lags`
   * behind those before it (held back, or dated back), or `leads` those after it.
   */
  clock: z
    .strictObject({ how: z.enum(['lags', 'leads']), seconds: z.number().int() })
    .exactOptional(),
});
export type TransactionRow = z.infer<typeof transactionRowSchema>;

export const eventRowSchema = z.strictObject({
  /** `<block>-<position>` */
  id: z.string(),
  name: z.string(),
  txId: z.string(),
  block,
  index: z.number().int(),
  at: z.string().nullable(),
  mspId: z.string(),
  payload: z.unknown(),
  parties: z.array(z.string()).nullable(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

/** An act that names a document's digest, as its contract event says what it is about and whom it concerns. */
export const documentActSchema = z.strictObject({
  name: z.string(),
  caseNo: z.string().optional(),
  caseNos: z.array(z.string()).optional(),
  /** A filed one thing. */
  no: z.string().optional(),
  shareId: z.string().optional(),
  parties: z.array(z.string()).optional(),
});
export type DocumentAct = z.infer<typeof documentActSchema>;
