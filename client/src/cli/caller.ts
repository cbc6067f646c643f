import type { Say, Names } from '@yici/terminal';
import { collected } from '../api/ask.js';
import { YiciClient } from '../api/client.js';
import type { Session } from '@yici/api';
import { ClientError } from '../errors.js';
import { readIdentityFolder } from '../identity/folder.js';
import type { Identity } from '../identity/identity.js';
import { refusalOf } from './exit.js';
import { homeFolder, readSession, writeSession, type StoredSession } from './home.js';
import { namesOfMatters } from '../present/names-in-matter.js';
import type { Terminal } from '../terminal/terminal.js';

/** Options of every command. */
export interface GlobalOptions {
  readonly gateway?: string | undefined;
  readonly identity?: string | undefined;
  readonly json?: boolean | undefined;
}

export interface Caller {
  readonly client: YiciClient;
  readonly session: Session;
  /** Absent for a custodial account. */
  readonly identity?: Identity | undefined;
  /** The language of this run, with the names that the ledger has. */
  readonly say: Say;
  /** What the ledger calls departments, matters and data sets. */
  readonly names: () => Promise<Names>;
  /** Ends a session that was opened for this call only. */
  close(): Promise<void>;
}

const defaultGateway = 'http://127.0.0.1:8080';

/** The gateway to call, in order: `--gateway`, `YICI_GATEWAY`, the session's or the identity's own, the default. */
export function gatewayOf(terminal: Terminal, options: GlobalOptions, own?: string): string {
  const url = options.gateway ?? terminal.env['YICI_GATEWAY'] ?? own ?? defaultGateway;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ClientError('USAGE', {
      zh: `${url} 不是网关地址，应如 ${defaultGateway}。`,
      en: `${url} is not the address of a gateway, as ${defaultGateway}.`,
    });
  }
  return url;
}

/** Where an identity belongs: it signs at no gateway but those that it pins. */
export const homeOf = ({ pins }: Identity): string | undefined => pins?.gateways[0]?.addresses[0];

/**
 * Opens a caller: for one call with `--identity` or `YICI_IDENTITY`, with a custodial account's key in `YICI_API_KEY`,
 * or with the session stored by `yici login` (reopened with the stored identity when it has expired).
 * @throws ClientError NOT_LOGGED_IN and every error of logging in.
 */
export async function openCaller(terminal: Terminal, options: GlobalOptions): Promise<Caller> {
  const caller = await openSession(terminal, options);
  // What a program reads depends on no language.
  if (options.json !== true) caller.client.language = terminal.say.language;
  const known = options.json === true ? undefined : await namesOf(caller.client);
  const names = () => (known === undefined ? namesOf(caller.client) : Promise.resolve(known));
  return { ...caller, names, say: terminal.say.knowing(known ?? {}) };
}

/** What the ledger calls departments, matters and data sets; nothing where it cannot be asked, since ids say it too. */
async function namesOf(client: YiciClient): Promise<Names> {
  const known = <T>(items: AsyncIterable<T>): Promise<T[]> => collected(items).catch(() => []);
  const limit = 200;
  const [departments, matters, datasets] = await Promise.all([
    known(client.list('departments.list', { limit })),
    known(client.list('matters.list', { limit })),
    known(client.list('datasets.list', { limit })),
  ]);
  return {
    department: new Map(departments.map(({ id, name }) => [id, name])),
    ...namesOfMatters(matters),
    dataset: new Map(datasets.map(({ datasetId, name }) => [datasetId, name])),
  };
}

type OpenSession = Omit<Caller, 'say' | 'names'>;

async function openSession(terminal: Terminal, options: GlobalOptions): Promise<OpenSession> {
  const folder = options.identity ?? terminal.env['YICI_IDENTITY'];
  if (folder !== undefined) return callerOf(terminal, options, folder);
  const apiKey = terminal.env['YICI_API_KEY'];
  if (apiKey !== undefined) return custodialCaller(gatewayOf(terminal, options), apiKey);
  return storedCaller(terminal, options);
}

/** Does something as a caller of the gateway, opened for it as {@link openCaller} does. */
export async function withCaller<T>(
  terminal: Terminal,
  options: GlobalOptions,
  work: (caller: Caller) => Promise<T>,
): Promise<T> {
  const caller = await openCaller(terminal, options);
  try {
    return await work(caller);
  } finally {
    await caller.close();
  }
}

/** Logs in with an identity folder for this call only. */
async function callerOf(
  terminal: Terminal,
  options: GlobalOptions,
  folder: string,
): Promise<OpenSession> {
  const identity = await readIdentityFolder(folder);
  const baseUrl = gatewayOf(terminal, options, homeOf(identity));
  const client = new YiciClient({ baseUrl, identity });
  const session = await client.login();
  // The session expires by itself, so a failure to end it must not fail the command.
  return { client, session, identity, close: () => client.logout().catch(() => undefined) };
}

async function custodialCaller(baseUrl: string, token: string): Promise<OpenSession> {
  const client = new YiciClient({ baseUrl, token });
  return { client, session: await client.session(), close: () => Promise.resolve() };
}

async function storedCaller(terminal: Terminal, options: GlobalOptions): Promise<OpenSession> {
  const home = homeFolder(terminal.env);
  const stored = await readSession(home);
  if (stored === undefined) {
    const message = {
      zh: '尚未登录。请执行：yici login --identity 身份目录',
      en: 'Log in first: yici login --identity DIR',
    };
    throw new ClientError('NOT_LOGGED_IN', message);
  }
  const baseUrl = gatewayOf(terminal, options, stored.gateway);
  const identity = stored.identity === null ? undefined : await readIdentityFolder(stored.identity);
  if (baseUrl === stored.gateway) {
    const caller = await resume(stored, identity);
    if (caller !== undefined) return caller;
  }
  if (identity === undefined)
    throw new ClientError('NOT_LOGGED_IN', {
      zh: '登录已过期，请重新登录：yici login',
      en: 'The session has run out; log in again.',
    });
  const client = new YiciClient({ baseUrl, identity });
  const session = await client.login();
  await remember(home, { client, session }, { gateway: baseUrl, identity: stored.identity });
  return { client, session, identity, close: () => Promise.resolve() };
}

async function resume(
  stored: StoredSession,
  identity: Identity | undefined,
): Promise<OpenSession | undefined> {
  const client = new YiciClient({
    baseUrl: stored.gateway,
    token: stored.token,
    ...(identity && { identity }),
  });
  try {
    const session = await client.session();
    return { client, session, identity, close: () => Promise.resolve() };
  } catch (error) {
    if (error instanceof ClientError && refusalOf(error).status === 401) return undefined;
    throw error;
  }
}

/** Stores a session for later commands. */
export async function remember(
  home: string,
  { client, session }: Pick<Caller, 'client' | 'session'>,
  where: Pick<StoredSession, 'gateway' | 'identity'>,
): Promise<void> {
  await writeSession(home, { v: 1, ...where, token: client.token ?? '', user: session.user });
}
