import type { YiciClient } from '@yici/client/web';
import type { Session } from '@yici/api';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { HeldIdentity } from '../identity/keys.js';
import { useApproval } from './approval.js';
import { setTrouble } from './trouble.js';
import { ConsoleError } from '../errors.js';
import { newContext } from '../above.js';

/** Who works here now. */
export interface Present {
  readonly client: YiciClient;
  readonly session: Session;
  readonly held: HeldIdentity;
}

interface SessionControl {
  readonly present: Present | undefined;
  readonly enter: (identity: HeldIdentity) => Promise<void>;
  readonly leave: () => Promise<void>;
  /** Logs in anew with the same key, after the session ended at the gateway; pages stay as they are. */
  readonly renew: () => Promise<void>;
  /** How often that was done. */
  readonly renewals: number;
}

const [Provider, useSession] = newContext<SessionControl>('session');
export { useSession };

/** Without a movement or a key for so long, the identity is locked. */
const idleMinutes = 15;

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [present, setPresent] = useState<Present>();
  const { approve } = useApproval();
  const queries = useQueryClient();
  const enter = useCallback(
    async (held: HeldIdentity) => {
      const { openClient } = await import('./open.js');
      const client = openClient(held, approve);
      const session = await client.login();
      await present?.client.logout().catch(() => undefined);
      queries.clear();
      setTrouble(undefined);
      setPresent({ client, session, held });
    },
    [approve, queries, present],
  );
  const leave = useCallback(async () => {
    await present?.client.logout().catch(() => undefined);
    queries.clear();
    setTrouble(undefined);
    setPresent(undefined);
  }, [present, queries]);
  const [renewals, setRenewals] = useState(0);
  const renew = useCallback(async () => {
    await present?.client.login();
    setTrouble(undefined);
    setRenewals((before) => before + 1);
    await queries.invalidateQueries();
  }, [present, queries]);
  useIdle(present !== undefined, leave);
  const control = useMemo(
    () => ({ present, enter, leave, renew, renewals }),
    [present, enter, leave, renew, renewals],
  );
  return <Provider value={control}>{children}</Provider>;
}

function useIdle(active: boolean, leave: () => Promise<void>): void {
  const last = useRef(Date.now());
  useEffect(() => {
    if (!active) return undefined;
    const seen = () => {
      last.current = Date.now();
    };
    seen();
    const kinds = ['pointerdown', 'keydown', 'scroll'] as const;
    for (const kind of kinds) addEventListener(kind, seen, { passive: true });
    const watch = setInterval(() => {
      if (Date.now() - last.current > idleMinutes * 60_000) void leave();
    }, 5_000);
    return () => {
      clearInterval(watch);
      for (const kind of kinds) removeEventListener(kind, seen);
    };
  }, [active, leave]);
}

/** For pages that are shown only to who has entered. */
export function usePresent(): Present {
  const { present } = useSession();
  if (present === undefined) throw new ConsoleError('NOTHING_ABOVE', 'nobody has entered');
  return present;
}
