import {
  citationWords,
  contractErrors,
  type ContractErrorMeaning,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from './errors.js';

const refusedSchema = z.object({
  code: z.union([z.string(), z.object({}).loose()]).optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** The contract's code in a client error: refused by the gateway, or refused as a transaction. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof ClientError)) return undefined;
  const parsed = refusedSchema.safeParse(error.details);
  if (!parsed.success) return undefined;
  const { code, error: refused } = parsed.data;
  return refused?.code ?? (typeof code === 'string' ? code : undefined);
}

/** The meaning of a contract's code. */
export function meaningOf(code: string): ContractErrorMeaning | undefined {
  const known: Readonly<Record<string, ContractErrorMeaning>> = contractErrors;
  return known[code];
}

/** What a refusal rests on: the law that it cites, or this system's own rules. */
export const basisOf = (meaning: ContractErrorMeaning | undefined): Words =>
  meaning?.basis === undefined
    ? { zh: '本系统规则', en: 'a rule of this system' }
    : citationWords(meaning.basis);
