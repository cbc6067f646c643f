import type { QueryInput, QueryName, RecordKind } from '@yici/chaincode/model';
import { ContractError, GatewayError } from '../errors.js';
import type { AppDependencies } from './context.js';
import { JsonText } from './read-route.js';

/** Which record, in the index's words and in the contract's. */
interface PointRead<N extends QueryName> {
  readonly kind: RecordKind;
  readonly attributes: readonly string[];
  readonly query: N;
  readonly input: QueryInput<N>;
}

/**
 * One record's JSON from where the caller asked for it.
 * @throws GatewayError RECORD_NOT_FOUND
 */
export async function pointRead<N extends QueryName>(
  deps: AppDependencies,
  source: 'index' | 'ledger',
  read: PointRead<N>,
): Promise<JsonText> {
  const text =
    source === 'index'
      ? deps.index.recordText(read.kind, ...read.attributes)
      : await fromLedger(deps, read);
  if (text === undefined) throw recordNotFound(read.kind, read.attributes);
  return new JsonText(text);
}

/** The same answer for what does not exist and what the caller may not see. */
export function recordNotFound(kind: string, key: readonly string[]): GatewayError {
  return new GatewayError(
    'RECORD_NOT_FOUND',
    'There is no such record, or none that concerns you.',
    {
      details: { kind, key },
    },
  );
}

async function fromLedger<N extends QueryName>(
  deps: AppDependencies,
  read: PointRead<N>,
): Promise<string | undefined> {
  try {
    return await deps.ledger.query(read.query, read.input);
  } catch (error) {
    if (error instanceof ContractError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
