import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import { writeAtomically } from '../write-atomically.js';

const storedSessionSchema = z.strictObject({
  v: z.literal(1),
  gateway: z.string(),
  token: z.string(),
  /** Path of the identity folder; null for a session opened without one. */
  identity: z.string().nullable(),
  user: z.string(),
});

/** The session stored by `yici login`: no key, only its path. */
export type StoredSession = z.infer<typeof storedSessionSchema>;

/** The folder of this user's settings: `$YICI_HOME`, else `$XDG_CONFIG_HOME/yici`, else `~/.config/yici`. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env['YICI_HOME'];
  if (own !== undefined && own !== '') return own;
  const config = env['XDG_CONFIG_HOME'];
  return join(config !== undefined && config !== '' ? config : join(homedir(), '.config'), 'yici');
}

/** The stored session, or undefined when there is none. @throws ClientError NOT_LOGGED_IN when the file is malformed. */
export async function readSession(home: string): Promise<StoredSession | undefined> {
  let content: string;
  try {
    content = await readFile(sessionFile(home), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return storedSessionSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new ClientError(
      'NOT_LOGGED_IN',
      {
        zh: `${sessionFile(home)} 已损坏，请重新登录。`,
        en: `${sessionFile(home)} is damaged; log in again.`,
      },
      {
        cause,
      },
    );
  }
}

/** Stores a session, readable by this user only. */
export async function writeSession(home: string, session: StoredSession): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    writeAtomically(sessionFile(home), `${JSON.stringify(session, null, 2)}\n`);
  } catch (cause) {
    throw new ClientError(
      'NOT_LOGGED_IN',
      { zh: `登录信息无法保存到 ${home}。`, en: `The session cannot be kept in ${home}.` },
      { cause },
    );
  }
}

export async function forgetSession(home: string): Promise<void> {
  await rm(sessionFile(home), { force: true });
}

function sessionFile(home: string): string {
  return join(home, 'session.json');
}

/** Folder for the salts of this user's digests. */
export function saltFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(homeFolder(env), 'salts');
}
