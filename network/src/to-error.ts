import { CodedError, LedgerError, type Sentence } from '@yici/ledger';
import { NetworkError, quoted } from './errors.js';

/** A caught value as an Error: libraries may throw anything. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new NetworkError('CHAINCODE_FAILED', quoted(String(thrown)));
}

/** What a caught value says in both languages; what says it in one says the same in both. */
export function wordsOf(thrown: unknown): Sentence {
  const words = thrown instanceof CodedError ? thrown.words : undefined;
  const { message } = toError(thrown);
  return words ?? { zh: message, en: message };
}

/** Why a policy, or what else is read of Fabric's formats, cannot be read. */
export function faultIn(read: () => unknown): Sentence | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof LedgerError) return wordsOf(error);
    throw error;
  }
}
