import { contractErrors, type ContractErrorMeaning } from '@yici/chaincode/model';
import { z } from 'zod';
import { ClientError } from './errors.js';

const refusedSchema = z.object({
  code: z.union([z.string(), z.object({}).loose()]).optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** The contract's code in an error of the client: the gateway refused, or the transaction was refused on its way. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof ClientError)) return undefined;
  const parsed = refusedSchema.safeParse(error.details);
  if (!parsed.success) return undefined;
  const { code, error: refused } = parsed.data;
  return refused?.code ?? (typeof code === 'string' ? code : undefined);
}

/** What a contract's code means, and the article it rests on. */
export function meaningOf(code: string): ContractErrorMeaning | undefined {
  const known: Readonly<Record<string, ContractErrorMeaning>> = contractErrors;
  return known[code];
}
