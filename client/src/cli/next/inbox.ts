import type { InboxItem } from '@yici/api';
import type { Say } from '@yici/terminal';
import type { Caller } from '../caller.js';
import { linesFor } from './acts.js';

/** So many kinds of to-dos are shown how they are done. */
const most = 12;

/** Below an inbox: how what the caller can do is done, of each kind the first; where nothing waits, where to go from there. */
export async function howTo(
  items: readonly InboxItem[],
  { client, session, say }: Pick<Caller, 'client' | 'session' | 'say'>,
): Promise<readonly string[]> {
  const own = items.filter((item) => isFor(item, session));
  const kinds = [...new Map([...own].reverse().map((item) => [item.todo, item])).values()];
  const first = kinds.reverse().slice(0, most);
  if (first.length === 0)
    return [...elsewhere(items.length, session.role, say), ...ofSection(session, say)];
  const lines = await Promise.all(first.map((item) => linesFor(client, item, say)));
  return [say({ zh: '办理：', en: 'how:' }), ...lines.flat(), ...ofSection(session, say)];
}

const isFor = (
  { roles, persons, notBy = [] }: InboxItem,
  { role, user }: Caller['session'],
): boolean =>
  roles.some((one) => one === role) &&
  !notBy.includes(user) &&
  (persons === undefined || persons.includes(user));

/** The narrower view of whoever belongs to a section. */
function ofSection({ section }: Caller['session'], say: Say): readonly string[] {
  if (section === null) return [];
  const own = {
    zh: `  本科室（${section}）待办：yici inbox --section`,
    en: `  of your section (${section}): yici inbox --section`,
  };
  return [say(own)];
}

/** Where nothing waits for the caller. */
function elsewhere(others: number, role: string | null, say: Say): readonly string[] {
  const none =
    others === 0
      ? { zh: '没有待办。', en: 'Nothing waits.' }
      : {
          zh: '以上待办由“角色”一列所列人员办理，没有需由本人办理的。',
          en: 'What is listed waits for the roles that it names; nothing waits for you.',
        };
  const files = role === 'clerk' || role === 'head';
  return [
    say(none),
    ...(files
      ? [
          say({ zh: '  查事项、申报：yici matter list', en: '  to file: yici matter list' }),
          say({
            zh: '  查政务数据目录、申请共享：yici dataset list',
            en: '  to ask for data: yici dataset list',
          }),
        ]
      : []),
    ...(role === 'supervisor'
      ? [say({ zh: '  查看办件：yici case list', en: '  to look at cases: yici case list' })]
      : []),
    say({ zh: '  已办：yici inbox --done', en: '  what was done: yici inbox --done' }),
  ];
}
