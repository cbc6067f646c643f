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
  admin: z.boolean(),
  custodial: z.boolean(),
  expiresAt: z.iso.datetime().nullable(),
});
export type Session = z.output<typeof sessionView>;

export const openedSession = z.strictObject({ token: z.string(), session: sessionView });

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

export const transactionStates = [
  'proposed',
  'endorsed',
  'submitted',
  'committed',
  'invalid',
  'refused',
  'expired',
] as const;
export type TransactionState = (typeof transactionStates)[number];

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
  errors: z
    .array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() }))
    .optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.output<typeof problem>;
