import { GatewayError } from '../errors.js';
import { apiKeyPrefix } from '../custody/api-keys.js';
import type { CustodialAccounts } from '../custody/accounts.js';
import type { Caller } from '../callers/caller.js';
import { sessionPrefix, type SessionStore } from './session-store.js';

/** The caller of a request, and the credential: a session token or an API key. */
export interface Authenticated {
  readonly caller: Caller;
  /** The session's token; absent with an API key. */
  readonly token?: string;
  /** When the session ends if unused; null with an API key. */
  readonly expiresAt: Date | null;
  /** Whether the credential is still valid: session open, API key not revoked. Does not count as use. */
  readonly isOpen: () => boolean;
}

const bearer = /^Bearer ([A-Za-z0-9_-]{10,200})$/;

/**
 * Checks an Authorization header.
 * @throws GatewayError UNAUTHENTICATED when it is absent, or has neither an open session nor an account's API key.
 */
export function authenticate(
  header: string | undefined,
  sessions: SessionStore,
  accounts: CustodialAccounts,
): Authenticated {
  const token = header === undefined ? undefined : bearer.exec(header)?.[1];
  const known = token === undefined ? undefined : lookup(token, sessions, accounts);
  if (known !== undefined) return known;
  throw new GatewayError(
    'UNAUTHENTICATED',
    'Log in first: send `Authorization: Bearer` with an open session’s token or an API key.',
  );
}

function lookup(
  token: string,
  sessions: SessionStore,
  accounts: CustodialAccounts,
): Authenticated | undefined {
  if (token.startsWith(sessionPrefix)) {
    const session = sessions.find(token);
    const isOpen = () => sessions.isOpen(token);
    return session && { caller: session.caller, token, expiresAt: session.expiresAt, isOpen };
  }
  if (!token.startsWith(apiKeyPrefix)) return undefined;
  const caller = accounts.authenticate(token);
  return caller && { caller, expiresAt: null, isOpen: () => stillIn(token, accounts) };
}

/** An invalid certificate counts like an invalid key. */
function stillIn(apiKey: string, accounts: CustodialAccounts): boolean {
  try {
    return accounts.authenticate(apiKey) !== undefined;
  } catch {
    return false;
  }
}
