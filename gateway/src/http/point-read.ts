import type { RecordKind } from '@yici/domain/model';
import { ContractError, recordNotFound } from '../errors.js';
import type { AppDependencies } from './context.js';
import { JsonText } from './read-route.js';

/** A record by its key in the index, and the query for it at the peer. */
export interface PointRead {
  readonly kind: RecordKind;
  readonly attributes: readonly string[];
  readonly ask: () => Promise<string>;
}

/**
 * One record's JSON from the source that the caller chose.
 * @throws GatewayError RECORD_NOT_FOUND
 */
export async function pointRead(
  { index }: AppDependencies,
  source: 'index' | 'ledger',
  { kind, attributes, ask }: PointRead,
): Promise<JsonText> {
  const text = source === 'index' ? index.recordText(kind, ...attributes) : await found(ask);
  if (text === undefined) throw recordNotFound(kind, attributes);
  return new JsonText(text);
}

async function found(ask: () => Promise<string>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ContractError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
