import { todos } from '@yici/domain/model';
import { z } from 'zod';
import { words } from './shapes.js';

/** Rows that a gateway makes from its index; records of the ledger have their schemas in the chaincode's model. */

/** What the list of cases shows of each: copied into every index entry, so a list is one range scan. */
export const caseRowSchema = z.strictObject({
  caseNo: z.string(),
  taskCode: z.string(),
  matterVersion: z.number().int(),
  matterName: words.nullable(),
  applicant: z.string(),
  owner: z.string(),
  parties: z.array(z.string()),
  state: z.string(),
  nationalNumber: z.number().int(),
  submittedAt: z.string(),
  updatedAt: z.string(),
  /** The day by which whoever has to act next must; null when nobody has to. */
  dueOn: z.string().nullable(),
  flags: z.array(z.string()),
  /** Declined hand-overs. */
  bounces: z.number().int(),
});
export type CaseRow = z.output<typeof caseRowSchema>;

/** One thing that waits for a department. */
export const inboxRowSchema = z.strictObject({
  department: z.string(),
  todo: z.enum(todos),
  caseNo: z.string().nullable(),
  /** Empty for what is about no matter. */
  taskCode: z.string(),
  matterVersion: z.number().int(),
  matterName: words.nullable(),
  step: z.string().nullable(),
  due: z.string().nullable(),
  since: z.string(),
  state: z.string(),
  /** Of data sharing: the share, and the data set. */
  shareId: z.string().exactOptional(),
  datasetId: z.string().exactOptional(),
  /** Of supervision: the card, the order. */
  cardId: z.string().exactOptional(),
  orderId: z.string().exactOptional(),
});
export type InboxRow = z.output<typeof inboxRowSchema>;

export const inboxItemSchema = inboxRowSchema.safeExtend({
  from: z.iso
    .datetime()
    .nullable()
    .describe(
      'From when others may act on the limit if it is missed (a lapse, deemed acceptance, a card): a window after it, which clocks may differ by.',
    ),
});
export type InboxItem = z.output<typeof inboxItemSchema>;

/** One running clock of data sharing, with what it is about. */
export const shareClockRowSchema = z.strictObject({
  what: z.enum(['reply', 'deliver', 'answerChallenge', 'mend', 'dispose', 'update', 'review']),
  /** Who has to act. */
  department: z.string(),
  startedOn: z.string(),
  dueOn: z.string(),
  limitDays: z.number().int(),
  datasetId: z.string(),
  shareId: z.string().nullable(),
  challengeId: z.string().nullable(),
});
export type ShareClockRow = z.output<typeof shareClockRowSchema>;

const block = z.number().int().nonnegative();

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
export type BlockRow = z.output<typeof blockRowSchema>;

/** Fabric's TxValidationCode. */
export const validationCode = z.strictObject({ number: z.number().int(), name: z.string() });

/** A transaction as every member may see it. */
export const transactionRowSchema = z.strictObject({
  txId: z.string(),
  block,
  index: z.number().int(),
  /** common.HeaderType by name, e.g. ENDORSER_TRANSACTION. */
  type: z.string(),
  code: validationCode,
  at: z.string().nullable(),
  creator: z.strictObject({ mspId: z.string(), user: z.string() }).nullable(),
  chaincode: z.string().nullable(),
  function: z.string().nullable(),
  /**
   * Where its time stands out from that of the acts around it by more than peers' clocks may differ, in seconds: it `lags`
   * behind those before it (held back, or dated back), or `leads` those after it.
   */
  clock: z
    .strictObject({ how: z.enum(['lags', 'leads']), seconds: z.number().int() })
    .exactOptional(),
});

/** A contract event of a valid transaction. */
export const ledgerEventSchema = z.strictObject({
  /** `<block>-<position>` */
  id: z.string(),
  name: z.string(),
  txId: z.string(),
  block,
  index: z.number().int(),
  at: z.string().nullable(),
  mspId: z.string(),
  payload: z.unknown(),
});
export type LedgerEvent = z.output<typeof ledgerEventSchema>;
