import { isAbsolute, resolve } from 'node:path';
import { renderFields, type Say, type SpokenCommand as Command, exampleOf } from '@yici/terminal';
import { YiciClient } from '../../api/client.js';
import { roleWords } from '@yici/domain/model';
import type { Session } from '@yici/api';
import { ClientError } from '../../errors.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { gatewayOf, homeOf, openCaller, remember, type GlobalOptions } from '../caller.js';
import { refusalOf } from '../exit.js';
import { forgetSession, homeFolder, readSession } from '../home.js';
import { sessionText } from '../../present/committed.js';
import { localTime } from '../../present/words.js';
import { show, type Shown } from '../read/read.js';
import type { Terminal } from '../../terminal/terminal.js';

/** Opens a session with the identity folder's key and remembers its token and the folder; the key stays where it is. */
async function login(terminal: Terminal, options: GlobalOptions): Promise<Shown> {
  const given = options.identity ?? terminal.env['YICI_IDENTITY'];
  if (given === undefined)
    throw new ClientError('USAGE', {
      zh: '请指定身份目录：--identity 身份目录',
      en: 'name the identity folder: --identity DIR',
    });
  const folder = isAbsolute(given) ? given : resolve(given);
  const identity = await readIdentityFolder(folder);
  const baseUrl = gatewayOf(terminal, options, homeOf(identity));
  const client = new YiciClient({ baseUrl, identity });
  const session = await client.login();
  await remember(
    homeFolder(terminal.env),
    { client, session },
    { gateway: baseUrl, identity: folder },
  );
  return {
    json: { gateway: baseUrl, session },
    lines: [
      { zh: '已登录', en: 'logged in' },
      ...sessionLines(session, terminal.say, baseUrl),
      { zh: '下一步 查看待办：yici inbox', en: 'next, what waits: yici inbox' },
    ],
  };
}

/** Ends the remembered session, at the gateway and here. */
async function logout(terminal: Terminal): Promise<Shown> {
  const home = homeFolder(terminal.env);
  const stored = await readSession(home);
  await forgetSession(home);
  if (stored !== undefined) await endAtGateway(stored.gateway, stored.token);
  const line =
    stored === undefined
      ? { zh: '当前未登录', en: 'was not logged in' }
      : { zh: `已退出登录：${stored.user}`, en: `logged out ${stored.user}` };
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
  return { json: session, lines: sessionLines(session, terminal.say) };
}

function sessionLines(session: Session, say: Say, gateway?: string): string[] {
  return renderFields(
    [
      [{ zh: '用户', en: 'user' }, sessionText(session, say)],
      [{ zh: '科室', en: 'section' }, session.section],
      [
        { zh: '角色', en: 'role' },
        say.list([
          session.role === null ? '' : say.member(roleWords, session.role),
          session.admin ? roleWords.admin : '',
        ]),
      ],
      [
        { zh: '有效至', en: 'expires' },
        session.expiresAt === null ? undefined : localTime(session.expiresAt),
      ],
      [{ zh: '网关', en: 'gateway' }, gateway],
    ],
    say,
  );
}

export function addSessionCommands(program: Command, terminal: Terminal): void {
  const commands = [
    {
      name: 'login',
      run: login,
      text: { zh: '登录', en: 'open a session with an identity folder' },
      example: 'yici login --identity .yici/identities/hrss.clerk1',
    },
    {
      name: 'logout',
      run: logout,
      text: { zh: '退出', en: 'end the session' },
      example: 'yici logout',
    },
    {
      name: 'whoami',
      run: whoami,
      text: { zh: '当前身份', en: 'who this is' },
      example: 'yici whoami --json',
    },
  ] as const;
  for (const { name, run, text, example } of commands) {
    const command = program.command(name).description(text);
    exampleOf(command, example);
    command.action(async () => {
      const options: GlobalOptions = command.optsWithGlobals();
      show(terminal, options, await run(terminal, options));
    });
  }
}
