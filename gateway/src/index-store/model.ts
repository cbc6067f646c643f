import { z } from 'zod';

const block = z.number().int().nonnegative();

/** The position of the index, and its channel. */
export const checkpointSchema = z.strictObject({
  layout: z.number().int(),
  channel: z.string(),
  /** Hex of the genesis block's header hash. */
  genesis: z.string(),
  /** The newest indexed block and its header hash (hex). */
  block,
  hash: z.string(),
  /** The newest block with a channel config. */
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
  /** Time of the first transaction, ISO 8601; null when it cannot be decoded. */
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
  /** Departments that may see the contents; null: every member. */
  parties: z.array(z.string()).nullable(),
  /**
   * Present when its time differs from that of the surrounding acts by more than peers' clocks may differ, in seconds:
   * it `lags` behind those before it (held back or dated back), or `leads` those after it.
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

/** An act that names a document's digest; subject and parties are taken from its contract event. */
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
