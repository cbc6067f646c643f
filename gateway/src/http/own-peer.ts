import { GatewayError } from '../errors.js';
import type { LedgerReader } from '../peer/ledger-reader.js';
import type { Caller } from '../sessions/caller.js';
import type { AppDependencies } from './context.js';

/**
 * Confidential values come and go through a peer of the caller's own department only.
 * @throws GatewayError PRIVATE_VALUES_ELSEWHERE when this gateway has no peer of that department
 */
export function ownReader(deps: AppDependencies, caller: Caller): LedgerReader {
  const reader = deps.readers.of(caller.mspId);
  if (reader !== undefined) return reader;
  throw new GatewayError(
    'PRIVATE_VALUES_ELSEWHERE',
    "Confidential values go through a gateway of your own department's peer.",
    { details: { mspId: caller.mspId } },
  );
}

/** @throws GatewayError PRIVATE_VALUES_ELSEWHERE */
export function assertOwnPeer(deps: AppDependencies, caller: Caller): void {
  ownReader(deps, caller);
}
