import { reads, type About, type ActView, type InboxItem, type Shape } from '@yici/api';
import { todoCommands, type Todo } from '@yici/domain/model';
import type { Say } from '@yici/terminal';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { filled } from './fill.js';
import { lineOf, shortName, type Known } from './line.js';
import { lookUps, readFirst } from './read-first.js';

export type ActsName = Extract<keyof typeof reads, `${string}.acts`>;

/** The reads that tell which acts are open, by the collection that their records lie in. */
const actsNames: ReadonlyMap<string, ActsName> = new Map(
  Object.entries(reads).flatMap(([name, { path }]) =>
    isActsName(name) ? [[path.split('/')[2] ?? '', name] as const] : [],
  ),
);

function isActsName(name: string): name is ActsName {
  return name.endsWith('.acts');
}

/** The names of a record's key, in the order of its parts. */
export function keyOf(collection: string): readonly string[] {
  const name = actsNames.get(collection);
  if (name === undefined) return [];
  const params: Shape = reads[name].params.shape;
  return Object.keys(params);
}

/** The acts on a record as the caller can or cannot do them now; none of what has no acts, or is not the caller's to see. */
export async function actsOn(
  client: YiciClient,
  { collection, key }: About,
): Promise<readonly ActView[]> {
  const name = actsNames.get(collection);
  if (name === undefined) return [];
  const asked = Object.fromEntries(keyOf(collection).map((part, no) => [part, key[no]]));
  try {
    return (await client.read(name, asked)).acts;
  } catch (error) {
    if (error instanceof ClientError && error.code === 'GATEWAY_REFUSED') return [];
    throw error;
  }
}

/** Those that answer a to-do, and are about the same part of the record. */
export function actsFor(
  acts: readonly ActView[],
  todo: Todo,
  step: string | null = null,
): readonly ActView[] {
  const all = acts.filter(({ command }) => todoCommands[todo].includes(command));
  const parts = (step ?? '').split('/');
  const same = all.filter(({ input }) =>
    parts.every((part) => Object.values(input).some((value) => value === part)),
  );
  return same.length > 0 ? same : all;
}

/** An act as a line to type, by what the record gives of its input. */
export const actLine = (
  {
    command,
    input,
    instead,
  }: {
    readonly command: ActView['command'];
    readonly input: Known;
    readonly instead?: Readonly<Record<string, string>>;
  },
  say: Say,
): string => {
  const line = lineOf(command, input, say, instead);
  const name = shortName(command, say);
  return say({ zh: `  ${name}：${line}`, en: `  ${name}: ${line}` });
};

/** Open acts as lines to type, with what can be looked up for them. */
export async function actLines(
  client: YiciClient,
  acts: readonly ActView[],
  say: Say,
): Promise<readonly string[]> {
  const lines = await Promise.all(
    acts.map(async (act) => {
      const { command } = act;
      const input = await filled(client, act);
      return input === undefined ? [] : [actLine({ command, input }, say)];
    }),
  );
  const all = lines.flat();
  return [...lookUps(all, say), ...all];
}

/** How what waits is done: what is read first, then each act that is open. One line for each. */
export async function linesFor(
  client: YiciClient,
  { about, todo, step }: Pick<InboxItem, 'about' | 'todo' | 'step'>,
  say: Say,
): Promise<readonly string[]> {
  const open = (await actsOn(client, about)).filter((act) => act.open);
  const lines = await actLines(client, actsFor(open, todo, step), say);
  return [...readFirst(todo, { about, step }, say), ...lines];
}
