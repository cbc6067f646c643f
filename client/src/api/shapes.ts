import { z } from 'zod';

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** What the gateway says of the network it serves (GET /v1/network). */
export const networkSchema = z.object({
  channel: z.string(),
  chaincode: z.string(),
  audience: z.string(),
  engine: z.enum(['embedded', 'fabric']),
  onePointOfTrust: z.boolean(),
  genesisHash: z.string(),
  height: z.number(),
  indexed: z.number(),
  departments: z.array(z.object({ id: z.string(), mspId: z.string(), name: bilingual }).loose()),
});
export type NetworkInfo = z.infer<typeof networkSchema>;

export const challengeSchema = z.object({
  challenge: z.string(),
  message: z.string(),
  expiresAt: z.string(),
});

export const sessionSchema = z.object({
  mspId: z.string(),
  department: z.object({ id: z.string(), name: bilingual }).nullable(),
  user: z.string(),
  role: z.string().nullable(),
  admin: z.boolean(),
  custodial: z.boolean(),
  expiresAt: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const openedSessionSchema = z.object({ token: z.string(), session: sessionSchema });

/** One line of GET /v1/commands: how a command of the registry is reached. */
const commandRouteSchema = z.object({
  name: z.string(),
  method: z.enum(['POST']),
  path: z.string(),
  key: z.string().nullable(),
  summary: bilingual,
  roles: z.array(z.string()),
  /** Whether the body may have a `private` part, which goes into the transient map. */
  private: z.boolean().default(false),
});
export type CommandRoute = z.infer<typeof commandRouteSchema>;
export const commandRoutesSchema = z.object({ items: z.array(commandRouteSchema) });

/** A write on its way, as the gateway sees it (docs: GET /v1/transactions/{id}). */
export const transactionSchema = z.object({
  id: z.string(),
  txId: z.string(),
  attempt: z.number(),
  state: z.enum([
    'proposed',
    'endorsed',
    'submitted',
    'committed',
    'invalid',
    'refused',
    'expired',
  ]),
  command: z.string(),
  input: z.record(z.string(), z.unknown()),
  sign: z
    .object({ kind: z.enum(['proposal', 'transaction']), bytes: z.base64(), digest: z.string() })
    .optional(),
  result: z.unknown().optional(),
  block: z.number().optional(),
  code: z.object({ number: z.number(), name: z.string() }).optional(),
  retry: z.boolean().optional(),
  error: z.object({ code: z.string(), detail: z.string() }).optional(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Transaction = z.infer<typeof transactionSchema>;

export const pageSchema = z.object({
  items: z.array(z.unknown()),
  next: z.string().nullable(),
});
export type Page = z.infer<typeof pageSchema>;
