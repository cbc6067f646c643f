import { canonicalJson } from '../kernel/canonical';
import type { ContractError } from '../kernel/errors';
import { refusalWords } from './refusal-words';

/**
 * A refusal as it travels: a chaincode answer has only a text. `CODE: sentence`, and when there are details a line feed and
 * their canonical JSON. `parseContractError` reads it back.
 */
function formatContractError(refusal: Pick<ContractError, 'code' | 'details'>): string {
  const { code, details } = refusal;
  const line = `${code}: ${refusalWords(refusal, 'en')?.sentence ?? code}`;
  return Object.keys(details).length === 0 ? line : `${line}\n${canonicalJson(details)}`;
}

/** A refusal with that text as its message: what the shim sends. */
export function withSentence(refusal: ContractError): ContractError {
  return Object.assign(refusal, { message: formatContractError(refusal) });
}
