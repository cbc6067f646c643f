import {
  basisWords,
  citationsOf,
  contractErrors,
  standingsIn,
  type ContractErrorMeaning,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from './errors.js';

const refusedSchema = z.object({
  code: z.union([z.string(), z.object({}).loose()]).optional(),
  details: z.unknown().optional(),
  error: z.object({ code: z.string(), details: z.unknown().optional() }).optional(),
});

const nothing = { code: '' };

/** Code and details of a client error: refused by the gateway, or refused as a transaction. */
export function refusedIn(error: unknown): { readonly code: string; readonly details?: unknown } {
  if (!(error instanceof ClientError)) return nothing;
  const parsed = refusedSchema.safeParse(error.details);
  if (!parsed.success) return nothing;
  const { code, details, error: refused } = parsed.data;
  return refused ?? (typeof code === 'string' ? { code, details } : nothing);
}

/** The contract's code in a client error. */
export const refusalCode = (error: unknown): string | undefined =>
  refusedIn(error).code || undefined;

/** The meaning of a contract's code. */
export function meaningOf(code: string): ContractErrorMeaning | undefined {
  const known: Readonly<Record<string, ContractErrorMeaning>> = contractErrors;
  return known[code];
}

/** What a refusal rests on: the law, as it stands for the matter that it is about, or this system's own rules. */
export function basisOf(error: unknown): Words {
  const { code, details } = refusedIn(error);
  return basisWords(citationsOf(meaningOf(code)?.basis, details), standingsIn(details));
}
