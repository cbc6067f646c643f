import { GatewayError } from '../errors.js';

/** A store that takes no writes at present. */
export interface StoreFailure {
  readonly store: string;
  readonly since: Date;
  /** A few words without paths, e.g. `ENOSPC` or `No space left on device`. */
  readonly reason: string;
}

/** Whether each store takes what is written; undefined is well. */
export type StoreStates = ReadonlyMap<string, StoreFailure | undefined>;

/** One that does not, if there is any. */
export const firstFailure = (states: StoreStates): StoreFailure | undefined =>
  [...states.values()].find((failure) => failure !== undefined);

/** STORAGE_FAILED, in words for whoever wanted something written. */
export function storageFailed({ store, reason }: StoreFailure, cause?: unknown): GatewayError {
  return new GatewayError(
    'STORAGE_FAILED',
    `Nothing can be written at present (${store}: ${reason}). Try again later, with the same Idempotency-Key or for the same transaction.`,
    { cause },
  );
}

/** The gateway's own stores, and the ledger where it is in this process. */
export function withLedger(
  health: { readonly states: () => StoreStates },
  ledgerFailure: () => string | undefined,
  now: () => Date,
): () => StoreStates {
  let since: Date | undefined;
  return () => {
    const reason = ledgerFailure();
    since = reason === undefined ? undefined : (since ?? now());
    const ledger = reason === undefined || since === undefined ? undefined : { reason, since };
    return new Map([...health.states(), ['ledger', ledger && { store: 'ledger', ...ledger }]]);
  };
}

/** What stands in the way of writing, in words. */
export function storageObstacles(states: StoreStates): string[] {
  return [...states.values()].flatMap((failure) =>
    failure === undefined
      ? []
      : [
          `The store ${failure.store} takes no writes since ${failure.since.toISOString()}: ${failure.reason}.`,
        ],
  );
}
