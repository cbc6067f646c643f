import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../callers/caller.js';

export interface SessionLimits {
  /** Idle time after which a session ends, in milliseconds. Default 20 minutes. */
  readonly idle?: number;
  /** Maximum lifetime of a session, in milliseconds. Default 12 hours. */
  readonly total?: number;
}

export interface Session {
  readonly caller: Caller;
  readonly expiresAt: Date;
}

interface StoredSession {
  readonly caller: Caller;
  readonly end: number;
  expires: number;
}

/** Prefix of session tokens; API keys have `yk_`, so that people and secret scanners can distinguish them. */
export const sessionPrefix = 'ys_';

/** Maximum number of open sessions per caller. */
const maxPerCaller = 200;

/** Open sessions, in memory only: a restart ends them all. Of the token only the SHA-256 is stored. */
export class SessionStore {
  readonly #sessions = new Map<string, StoredSession>();
  readonly #idle: number;
  readonly #total: number;
  readonly #now: () => Date;

  constructor(limits: SessionLimits, dependencies: { readonly now: () => Date }) {
    this.#idle = limits.idle ?? 20 * 60_000;
    this.#total = limits.total ?? 12 * 3_600_000;
    this.#now = dependencies.now;
  }

  /** Opens a session, which ends at the latest when the certificate expires. */
  open(
    caller: Caller,
    certificateEnd: Date,
  ): { readonly token: string; readonly session: Session } {
    const now = this.#now().getTime();
    this.#sweep(now, caller);
    const token = sessionPrefix + randomBytes(32).toString('base64url');
    const end = Math.min(now + this.#total, certificateEnd.getTime());
    const stored = { caller, end, expires: Math.min(now + this.#idle, end) };
    this.#sessions.set(hash(token), stored);
    return { token, session: view(stored) };
  }

  /** The session of a token, with its idle time restarted; undefined when there is none or it has ended. */
  find(token: string): Session | undefined {
    const key = hash(token);
    const stored = this.#sessions.get(key);
    if (stored === undefined) return undefined;
    const now = this.#now().getTime();
    if (stored.expires <= now) {
      this.#sessions.delete(key);
      return undefined;
    }
    stored.expires = Math.min(now + this.#idle, stored.end);
    return view(stored);
  }

  /** Whether the session is still open; does not count as use. */
  isOpen(token: string): boolean {
    const stored = this.#sessions.get(hash(token));
    return stored !== undefined && stored.expires > this.#now().getTime();
  }

  close(token: string): void {
    this.#sessions.delete(hash(token));
  }

  /** Ends every session whose caller is no longer valid, e.g. after a config update that revoked certificates. */
  retain(stillValid: (caller: Caller) => boolean): void {
    for (const [key, stored] of this.#sessions) {
      if (!stillValid(stored.caller)) this.#sessions.delete(key);
    }
  }

  /** Who of a department has a session open. */
  callersOf(mspId: string): readonly Caller[] {
    const now = this.#now().getTime();
    const open = [...this.#sessions.values()].filter(({ expires }) => expires > now);
    return open.map(({ caller }) => caller).filter((caller) => caller.mspId === mspId);
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Ends expired sessions, and a caller's oldest ones above the limit. */
  #sweep(now: number, { fingerprint }: Caller): void {
    const own: string[] = [];
    for (const [key, stored] of this.#sessions) {
      if (stored.expires <= now) this.#sessions.delete(key);
      else if (stored.caller.fingerprint === fingerprint) own.push(key);
    }
    for (const key of own.slice(0, Math.max(0, own.length - maxPerCaller + 1))) {
      this.#sessions.delete(key);
    }
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

const view = (stored: StoredSession): Session => ({
  caller: stored.caller,
  expiresAt: new Date(stored.expires),
});
