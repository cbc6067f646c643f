import { ledgerEventSchema, transactionRowSchema as shownTransaction } from '@yici/api';
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

/** A transaction, and the departments that may see its contents; null when every member may. */
export const transactionRowSchema = shownTransaction.extend({
  parties: z.array(z.string()).nullable(),
});
export type TransactionRow = z.infer<typeof transactionRowSchema>;

/** When somebody last signed, and the section that the certificate named. */
export const signerSchema = z.strictObject({ at: z.string(), section: z.string().nullable() });
export type Signer = z.infer<typeof signerSchema>;

/** An event, and the departments that are told of it; null when every member is. */
export const eventRowSchema = ledgerEventSchema.extend({ parties: z.array(z.string()).nullable() });
export type EventRow = z.infer<typeof eventRowSchema>;

/** What any member may have done once the day has come, as a command of the contract. */
const dueCommands = [
  'case.deemAccepted',
  'case.deemWithdrawn',
  'case.lapseStep',
  'case.recount',
  'case.succeed',
  'reform.takeName',
  'reform.moveDuty',
  'reform.moveMatter',
  'reform.moveDataset',
  'sharing.succeed',
  'card.raise',
  'card.raiseOther',
  'oneThing.advance',
  'matter.markForReview',
  'sharing.end',
  'sharing.purgeExpired',
] as const;
export type DueCommand = (typeof dueCommands)[number];

export const dueRowSchema = z.strictObject({
  command: z.enum(dueCommands),
  /** The subject: due acts with the same subject are done one after the other. */
  about: z.string(),
  /** The known part of the command's input. */
  input: z.record(z.string(), z.unknown()),
  /** For a card: red from this day on, yellow before; absent: never red. */
  redFrom: z.string().nullable(),
});
export type DueRow = z.infer<typeof dueRowSchema>;
