import { namesOf, roles, todos, type Vocabulary } from '@yici/domain/model';
import { z } from 'zod';
import { words } from './shapes.js';

/** Rows that a gateway makes from its index; records of the ledger have their schemas in the chaincode's model. */

/** What the list of cases shows of each: copied into every index entry, so a list is one range scan. */
export const caseRowSchema = z.strictObject({
  caseNo: z.string(),
  taskCode: z.string(),
  matterVersion: z.number().int(),
  matterName: words.nullable(),
  state: z.string(),
  /** The day by which whoever has to act next must; null when nobody has to. */
  dueOn: z.string().nullable(),
  applicant: z.string(),
  owner: z.string(),
  parties: z.array(z.string()),
  submittedAt: z.string(),
  updatedAt: z.string(),
  nationalNumber: z.number().int(),
  flags: z.array(z.string()),
  /** Declined hand-overs. */
  bounces: z.number().int(),
});
export type CaseRow = z.output<typeof caseRowSchema>;

/** The record that something is about: the collection of its commands' paths, and its key. Its acts: `<collection>/<key>/acts`. */
const aboutSchema = z.strictObject({
  collection: z.string(),
  key: z.array(z.string()).min(1).max(2),
});
export type About = z.output<typeof aboutSchema>;

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
  /** What the matter calls the step; versions from before steps had names do not. */
  stepName: words.exactOptional(),
  due: z.string().nullable(),
  since: z.string(),
  state: z.string(),
  about: aboutSchema,
  /** Where fewer roles can do it than may send its commands. */
  roles: z.array(z.enum(roles)).exactOptional(),
  /** Only these officials of the department can do it. */
  persons: z.array(z.string()).exactOptional(),
  /** These cannot: they made what is to be checked. */
  notBy: z.array(z.string()).exactOptional(),
  /** Of what waits for any department: not for these. */
  notOf: z.array(z.string()).exactOptional(),
  /** Working days that the limit has; its light turns yellow when a tenth is left. Absent while nothing counts. */
  limitDays: z.number().int().exactOptional(),
  /** Of an on-the-spot item: the instant at which its limit ends. */
  dueAt: z.string().exactOptional(),
  /** The last day on which it can be done. */
  until: z.string().exactOptional(),
  /** Of data sharing: the share, and the data set. */
  shareId: z.string().exactOptional(),
  datasetId: z.string().exactOptional(),
  /** Of supervision: the card, the order. */
  cardId: z.string().exactOptional(),
  orderId: z.string().exactOptional(),
  /** Of a sign-off inside the department. */
  signoffId: z.string().exactOptional(),
});
export type InboxRow = z.output<typeof inboxRowSchema>;

/** Of a limit: time is left, a tenth of it is left, it has been missed. */
export const lightWords = {
  green: { zh: '绿灯', en: 'green' },
  yellow: { zh: '黄灯', en: 'yellow' },
  red: { zh: '红灯', en: 'red' },
} satisfies Vocabulary;
export const lights = namesOf(lightWords);

export const inboxItemSchema = inboxRowSchema.safeExtend({
  roles: z.array(z.enum(roles)).describe('Who of the department can do it; nobody, by an act.'),
  left: z
    .number()
    .int()
    .nullable()
    .describe('Working days left after today; 0 on the last one, less than 0 once it has passed.'),
  light: z.enum(lights).nullable(),
  datasetName: words.exactOptional().describe('What the ledger calls the data set.'),
  urgedAt: z
    .string()
    .exactOptional()
    .describe('When the department was last reminded of it (催办).'),
  from: z.iso
    .datetime()
    .nullable()
    .describe(
      'From when others may act on the limit if it is missed (a lapse, deemed acceptance, a card): a window after it, which clocks may differ by.',
    ),
});
export type InboxItem = z.output<typeof inboxItemSchema>;

/** One act of a department, as its event tells of it. */
export const doneItemSchema = z.strictObject({
  command: z.string(),
  department: z.string(),
  user: z.string(),
  at: z.string(),
  txId: z.string(),
  /** The ids of what it is about, by their names. */
  about: z.record(z.string(), z.unknown()),
});
export type DoneItem = z.output<typeof doneItemSchema>;

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
