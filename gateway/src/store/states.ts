import type { Words } from '@yici/domain/model';
import { GatewayError } from '../errors.js';

/** A store that currently refuses writes. */
export interface StoreFailure {
  readonly store: string;
  readonly since: Date;
  /** A few words without paths, e.g. `ENOSPC` or `No space left on device`. */
  readonly reason: string;
}

/** Whether each store accepts writes; undefined: it does. */
export type StoreStates = ReadonlyMap<string, StoreFailure | undefined>;

/** A failed store, if any. */
export const firstFailure = (states: StoreStates): StoreFailure | undefined =>
  [...states.values()].find((failure) => failure !== undefined);

/** STORAGE_FAILED with a message for the caller. */
export function storageFailed({ store, reason }: StoreFailure, cause?: unknown): GatewayError {
  return new GatewayError(
    'STORAGE_FAILED',
    `Nothing can be written at present (${store}: ${reason}). Try again later, with the same Idempotency-Key or for the same transaction.`,
    { cause },
  );
}

/** The gateway's own stores, and the ledger if it is in this process. */
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

/** The obstacles to writing, in words. */
export function storageObstacles(states: StoreStates): Words[] {
  return [...states.values()].flatMap((failure) => {
    if (failure === undefined) return [];
    const { store, reason, since } = failure;
    return [
      {
        zh: `存储 ${store} 自 ${since.toISOString()} 起不能写入：${reason}。`,
        en: `The store ${store} takes no writes since ${since.toISOString()}: ${reason}.`,
      },
    ];
  });
}
