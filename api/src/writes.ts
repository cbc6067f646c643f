import { refusedIssue } from '@yici/domain/model';
import { z } from 'zod';
import { validationCode } from './rows.js';
import { words } from './shapes.js';

/** Answers of what is no read: logging in, the steps of a write, refusals. */

export const challengeAnswer = z.strictObject({
  challenge: z.string(),
  message: z.string().describe('The exact text to sign, UTF-8.'),
  expiresAt: z.iso.datetime(),
});

export const sessionView = z.strictObject({
  mspId: z.string(),
  department: z.strictObject({ id: z.string(), name: words }).nullable(),
  user: z.string(),
  role: z.string().nullable(),
  section: z.string().nullable().describe('The section (科室) that the certificate names.'),
  admin: z.boolean(),
  custodial: z.boolean(),
  expiresAt: z.iso.datetime().nullable(),
});
export type Session = z.output<typeof sessionView>;

export const openedSession = z.strictObject({ token: z.string(), session: sessionView });

/** A request for a certificate that is kept; the code collects the answer. */
export const enrolmentAsked = z.strictObject({
  number: z
    .string()
    .describe(
      'Of the public key: what its owner tells the registrar, by another way than this one.',
    ),
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
export type EnrolmentAsked = z.output<typeof enrolmentAsked>;

/** What a registrar certifies. */
export const enrolmentRequest = z.strictObject({
  number: z.string(),
  user: z.string(),
  csr: z.string().describe('PKCS#10 in PEM.'),
  expiresAt: z.iso.datetime(),
});

export const enrolmentState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting'), expiresAt: z.iso.datetime() }),
  z.strictObject({
    state: z.literal('issued'),
    certificate: z.string().describe('PEM.'),
    connection: z.string().describe('The text of `connection.json`.'),
  }),
]);
export type EnrolmentState = z.output<typeof enrolmentState>;

/** How a command of the registry is reached. */
export const commandLine = z.strictObject({
  name: z.string(),
  method: z.enum(['POST']),
  path: z.string(),
  key: z.string().nullable(),
  summary: words,
  roles: z.array(z.string()),
  /** Whether the body may have a `private` part, which goes into the transient map. */
  private: z.boolean(),
});
export type CommandLine = z.output<typeof commandLine>;

const transactionStates = [
  'proposed',
  'endorsed',
  'submitted',
  'committed',
  'invalid',
  'refused',
  'expired',
] as const;
export type TransactionState = (typeof transactionStates)[number];

/** What a caller is told beside: nothing of it keeps the command from being done. */
const commandWarning = z.strictObject({
  /** MATERIAL_NOT_OPENED: nobody of the department has read it here. MATERIAL_NOT_HERE: this gateway does not have it. */
  code: z.enum(['MATERIAL_NOT_OPENED', 'MATERIAL_NOT_HERE']),
  material: z.string(),
  name: words.nullable(),
});
export type CommandWarning = z.output<typeof commandWarning>;

/** What every step of a write answers with. */
export const transactionView = z.strictObject({
  id: z.string().describe('The gateway’s id, the same over retries.'),
  txId: z.string().describe('Fabric transaction id of the current attempt.'),
  attempt: z.number().int(),
  state: z.enum(transactionStates),
  command: z.string(),
  input: z.record(z.string(), z.unknown()),
  summary: z.record(z.string(), z.unknown()).describe('Decoded from the proposal’s bytes.'),
  sign: z
    .strictObject({
      kind: z.enum(['proposal', 'transaction']),
      bytes: z.base64(),
      digest: z.string(),
    })
    .optional()
    .describe('What to sign next: ECDSA, DER, low S, over SHA-256 of the bytes.'),
  result: z.unknown().optional(),
  block: z.number().int().optional(),
  code: validationCode.optional().describe('Fabric’s TxValidationCode.'),
  retry: z.literal(true).optional(),
  warnings: z
    .array(commandWarning)
    .optional()
    .describe(
      'In the first answer: required materials that are accepted without having been read.',
    ),
  error: z
    .strictObject({
      code: z.string(),
      detail: z.string(),
      source: z.string(),
      details: z.record(z.string(), z.unknown()),
    })
    .optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Transaction = z.output<typeof transactionView>;

/** RFC 9457 problem details with this API's members. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  source: z.enum(['gateway', 'contract', 'peer']),
  article: words.optional().describe('The law that a refusal by the rules rests on.'),
  errors: z.array(refusedIssue).optional(),
  next: z
    .array(z.strictObject({ command: z.string(), words: z.string() }))
    .optional()
    .describe('The commands that come next, each with its name in the language of the answer.'),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.output<typeof problem>;
