import {
  commands,
  roleWords,
  todoCommands,
  todoWords,
  type CommandName,
  type CommandSpec,
  type Todo,
} from '@yici/domain/model';
import type { ActView } from '@yici/api';
import { z } from 'zod';
import type { Say } from '@yici/terminal';
import type { Caller } from '../caller.js';
import { actLines, actsFor, actsOn, keyOf } from './acts.js';
import type { Known } from './line.js';
import { lookAt, readFirst } from './read-first.js';

const part = z.union([z.string(), z.number()]).transform(String);
const fields = z.record(z.string(), z.unknown());

/**
 * What has to be done next, for a receipt: the lines, where the caller can do it; else in which role it is done, and why not
 * by the caller. Where it depends on more than the act, how the record is looked at.
 */
export async function nextLines(
  name: CommandName,
  { input, result }: { readonly input: Known; readonly result: unknown },
  { client, say }: Pick<Caller, 'client' | 'say'>,
): Promise<readonly string[]> {
  const { leadsTo, of }: CommandSpec = commands[name];
  const own = { collection: of.plural, key: keyIn(result, of.plural) };
  if (leadsTo === undefined) return lookAt(own, say);
  const names = todoCommands[leadsTo];
  const next = names.find((one) => commands[one].of.plural === of.plural) ?? names[0];
  if (next === undefined) return [];
  const about = {
    collection: commands[next].of.plural,
    key: keyIn(result, commands[next].of.plural),
  };
  const step = part.safeParse(input['stepId']).data ?? null;
  const acts = actsFor(await actsOn(client, about), leadsTo, step);
  const open = acts.filter((act) => act.open);
  const what = say(todoWords[leadsTo]);
  if (open.length > 0) {
    const head = say({ zh: `下一步 ${what}：`, en: `next, ${what}:` });
    return [head, ...readFirst(leadsTo, { about }, say), ...(await actLines(client, open, say))];
  }
  const { refusal } = acts.find((act) => act.refusal !== undefined) ?? {};
  // It did not come to that: what was replied is a refusal, what was said settled the dispute.
  if (refusal !== undefined && past.has(refusal.code)) return lookAt(own, say);
  return [waitingLine(leadsTo, { refusal, result }, say)];
}

/** A proposal names whoever decides, whom no refusal of the proposer's tells. */
const decider = z.object({ proposal: z.object({ decides: z.string() }) });

const past: ReadonlySet<string> = new Set(['WRONG_STATE', 'NOT_FOUND', 'CASE_CLOSED']);

/** In whose hands it is: another department's, or those of another role, and else why not in the caller's. */
function waitingLine(
  todo: Todo,
  { refusal, result }: { readonly refusal: ActView['refusal']; readonly result: unknown },
  say: Say,
): string {
  const what = say(todoWords[todo]);
  const who = say.list(rolesOf(todo).map((role) => roleWords[role]));
  const by = say({ zh: `下一步 ${what}（${who}）`, en: `next, ${what} (${who})` });
  const office = decider.safeParse(result).data?.proposal.decides ?? officeIn(refusal);
  if (office !== undefined) {
    const whose = say.nameOf('department', office);
    return say({
      zh: `下一步 ${what}：${whose}办理（${who}）`,
      en: `next, ${what}: ${whose} (${who})`,
    });
  }
  // The roles are said already.
  const why = refusal?.code === 'ROLE_REFUSED' ? undefined : refusal?.sentence;
  return why === undefined ? by : say({ zh: `${by}：${why.zh}`, en: `${by}: ${why.en}` });
}

/** Another department, where all that stands in the caller's way is that the act is that one's. */
function officeIn(refusal: ActView['refusal']): string | undefined {
  if (refusal?.code !== 'WRONG_DEPARTMENT' && refusal?.code !== 'OWN_CAUSE') return undefined;
  const { expected } = refusal.details;
  return typeof expected === 'string' ? expected : undefined;
}

const rolesOf = (todo: Todo) => [
  ...new Set(todoCommands[todo].flatMap((name) => [...commands[name].roles])),
];

function keyIn(result: unknown, collection: string): string[] {
  const given = fields.safeParse(result).data ?? {};
  return keyOf(collection).flatMap((name) => part.safeParse(given[name]).data ?? []);
}
