import { useCallback, useSyncExternalStore } from 'react';
import type { BlockSource } from './sources.js';
import { ChainVerification, type VerifyStatus } from './verification.js';

/** The one verification of this page: it goes on while the visitor looks at other pages. */
let current: ChainVerification | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  const leave = current?.subscribe(listener);
  return () => {
    listeners.delete(listener);
    leave?.();
  };
};

function begin(pin: string, source: BlockSource): void {
  current?.close();
  current = new ChainVerification(pin, source);
  for (const listener of listeners) current.subscribe(listener);
  current.start();
}

interface Verifying {
  readonly pin: string | undefined;
  readonly status: VerifyStatus | undefined;
  readonly begin: (pin: string, source: BlockSource) => void;
  readonly stop: () => void;
  readonly goOn: (source?: BlockSource) => void;
}

export function useVerification(): Verifying {
  const status = useSyncExternalStore(subscribe, () => current?.status());
  const stop = useCallback(() => current?.stop(), []);
  const goOn = useCallback((source?: BlockSource) => current?.start(source), []);
  return { pin: current?.pin, status, begin, stop, goOn };
}
