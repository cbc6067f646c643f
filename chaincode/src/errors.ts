import { z } from 'zod';
import { joined, type Joined } from './concepts';
import type { ContractErrorCode, ContractErrorDetails } from './kernel/errors';
import { kernelErrors } from './kernel/errors';
import type { ContractErrorMeaning } from './kernel/laws';

declare module './kernel/errors' {
  interface ContractErrors extends Joined<'errors'> {}
}

/** Every code a contract can answer with. Codes are stable; sentences may change. */
export const contractErrors: Readonly<Record<ContractErrorCode, ContractErrorMeaning>> = {
  ...kernelErrors,
  ...joined('errors'),
};

/** The closed list. */
export const contractErrorCodes = Object.keys(contractErrors) as readonly ContractErrorCode[];

/** A contract's refusal as read back from text. */
export interface ParsedContractError {
  readonly code: ContractErrorCode;
  readonly sentence: string;
  readonly details: ContractErrorDetails;
}

const detailsSchema = z.record(z.string(), z.unknown());
const refusal = /(?:^|[^A-Z0-9_])([A-Z][A-Z0-9_]+): ([^\n]*)(?:\n(\{.*\}))?/g;

/**
 * Finds a contract's refusal in a text: the chaincode's own message, or a peer's that carries it after a preface of
 * its own ("chaincode response 500, ..."). Only codes of {@link contractErrorCodes} count; anything else is
 * `undefined`, never an exception.
 */
export function parseContractError(text: string): ParsedContractError | undefined {
  for (const match of text.matchAll(refusal)) {
    const code = contractErrorCodes.find((known) => known === match[1]);
    if (code === undefined) continue;
    return { code, sentence: match[2] ?? '', details: readDetails(match[3]) };
  }
  return undefined;
}

function readDetails(json: string | undefined): ContractErrorDetails {
  if (json === undefined) return {};
  try {
    const parsed = detailsSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
