import { isAbsolute, resolve } from 'node:path';
import type { Command } from 'commander';
import { YiciClient } from '../../api/client.js';
import type { Session } from '@yici/api';
import { ClientError } from '../../errors.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { gatewayOf, openCaller, remember, type GlobalOptions } from '../caller.js';
import { refusalOf } from '../exit.js';
import { forgetSession, homeFolder, readSession } from '../home.js';
import { sessionText } from '../../present/committed.js';
import { localTime } from '../../present/words.js';
import { show, type Shown } from '../read/read.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';

/** Opens a session with the identity folder's key and remembers its token and the folder; the key stays where it is. */
async function login(terminal: Terminal, options: GlobalOptions): Promise<Shown> {
  const given = options.identity ?? terminal.env['YICI_IDENTITY'];
  if (given === undefined)
    throw new ClientError('USAGE', '请指定身份目录 name the identity folder: --identity DIR');
  const folder = isAbsolute(given) ? given : resolve(given);
  const baseUrl = gatewayOf(terminal, options);
  const client = new YiciClient({ baseUrl, identity: await readIdentityFolder(folder) });
  const session = await client.login();
  await remember(
    homeFolder(terminal.env),
    { client, session },
    { gateway: baseUrl, identity: folder },
  );
  return {
    json: { gateway: baseUrl, session },
    lines: ['已登录 logged in', ...sessionLines(session, baseUrl)],
  };
}

/** Ends the remembered session, at the gateway and here. */
async function logout(terminal: Terminal): Promise<Shown> {
  const home = homeFolder(terminal.env);
  const stored = await readSession(home);
  await forgetSession(home);
  if (stored !== undefined) await endAtGateway(stored.gateway, stored.token);
  const line =
    stored === undefined ? '本来没有登录 was not logged in' : `已退出 logged out ${stored.user}`;
  return { json: { loggedOut: stored !== undefined }, lines: [line] };
}

async function endAtGateway(baseUrl: string, token: string): Promise<void> {
  try {
    await new YiciClient({ baseUrl, token }).logout();
  } catch (error) {
    // An expired session has already ended.
    if (!(error instanceof ClientError) || refusalOf(error).status !== 401) throw error;
  }
}

async function whoami(terminal: Terminal, options: GlobalOptions): Promise<Shown> {
  const caller = await openCaller(terminal, options);
  const { session } = caller;
  await caller.close();
  return { json: session, lines: sessionLines(session) };
}

function sessionLines(session: Session, gateway?: string): string[] {
  return renderFields([
    ['用户 user', sessionText(session)],
    ['角色 role', session.admin ? `${session.role ?? ''} admin`.trim() : session.role],
    ['有效至 expires', session.expiresAt === null ? undefined : localTime(session.expiresAt)],
    ['网关 gateway', gateway],
  ]);
}

export function addSessionCommands(program: Command, terminal: Terminal): void {
  const commands = [
    {
      name: 'login',
      run: login,
      text: '登录 open a session with an identity folder',
      example: 'yici login --identity .yici/identities/hrss.clerk1',
    },
    { name: 'logout', run: logout, text: '退出 end the session', example: 'yici logout' },
    { name: 'whoami', run: whoami, text: '当前身份 who this is', example: 'yici whoami --json' },
  ] as const;
  for (const { name, run, text, example } of commands) {
    const command = program.command(name).description(text);
    command.addHelpText('after', `\n示例 example:\n  $ ${example}`);
    command.action(async () => {
      const options: GlobalOptions = command.optsWithGlobals();
      show(terminal, options, await run(terminal, options));
    });
  }
}
