import { useSyncExternalStore } from 'react';

/** What keeps everybody from working for a while: no answer, a session that ended, a gateway that cannot write. */
export type Trouble = 'lost' | 'expired' | 'full';

/** By codes alone: this is part of what is loaded first, and client's errors are not. */
const troubles: Readonly<Record<string, Trouble | undefined>> = {
  GATEWAY_UNREACHABLE: 'lost',
  UNAUTHENTICATED: 'expired',
  STORAGE_FAILED: 'full',
};

/** Which of them an error tells of; undefined: none, the error is about what was asked for. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  const details = 'details' in error ? error.details : undefined;
  const inner =
    typeof details === 'object' && details !== null && 'code' in details ? details.code : undefined;
  return troubles[String(inner)] ?? troubles[String(code)];
}

let present: Trouble | undefined;
const listeners = new Set<() => void>();

export function setTrouble(trouble: Trouble | undefined): void {
  if (trouble === present) return;
  present = trouble;
  for (const listener of listeners) listener();
}

/** Has the page say what an error tells of, if it is about more than what was asked for. */
export function noteTrouble(error: unknown): void {
  const trouble = troubleOf(error);
  if (trouble !== undefined) setTrouble(trouble);
}

/** Ends a trouble, unless another one came in its place. */
export function settleTrouble(trouble: Trouble): void {
  if (present === trouble) setTrouble(undefined);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useTrouble = (): Trouble | undefined => useSyncExternalStore(subscribe, () => present);
