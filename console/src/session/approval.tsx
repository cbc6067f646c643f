import type { ToSign } from '@yici/client/web';
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { ConsoleError } from '../errors.js';
import { newContext } from '../above.js';

export type Proposal = Extract<ToSign, { readonly kind: 'proposal' }>;

/** Asks the person while acts run. */
export interface Asker {
  /** Resolves when the proposal is to be signed, rejects when not. */
  readonly proposal: (proposal: Proposal) => Promise<void>;
  /** Whether a transaction may be signed: one follows a proposal that was shown and approved. */
  readonly mayFollow: () => boolean;
}

interface Approval {
  /** Asked before each signature, with the very bytes. */
  readonly approve: (bytes: Uint8Array) => Promise<void>;
  /** Who asks the person while acts run; undefined ends it. */
  readonly setAsker: (ask: Asker | undefined) => void;
}

const [Provider, useApproval] = newContext<Approval>('approval');
export { useApproval };

/**
 * Nothing is signed that nobody asked for. A login is begun by the visitor, and the client compares its text with what it must be. A
 * proposal is shown, decoded from its bytes. A transaction follows a proposal just approved, which the client holds it against;
 * outside an act, or before anything was approved, it is refused.
 */
export function ApprovalProvider({ children }: { readonly children: ReactNode }) {
  const asker = useRef<Asker | undefined>(undefined);
  const approve = useCallback(async (bytes: Uint8Array) => {
    const { readToSign } = await import('@yici/client/web');
    const asked = readToSign(bytes);
    if (asked.kind === 'login') return;
    if (asked.kind === 'proposal' && asker.current !== undefined) {
      await asker.current.proposal(asked);
      return;
    }
    if (asker.current?.mayFollow() !== true)
      throw new ConsoleError('NOT_ASKED_FOR', 'not asked for; not signed');
  }, []);
  const setAsker = useCallback((ask: Asker | undefined) => {
    asker.current = ask;
  }, []);
  const value = useMemo(() => ({ approve, setAsker }), [approve, setAsker]);
  return <Provider value={value}>{children}</Provider>;
}
