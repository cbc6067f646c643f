import { commands, type CommandName } from '@yici/domain/model';
import type { Say } from '@yici/terminal';
import { z } from 'zod';

const fields = z.record(z.string(), z.unknown());

/** How the paper that an act gives rise to is made; nothing where it has none, or this client was installed without papers. */
export async function paperLines(
  name: CommandName,
  result: unknown,
  say: Say,
): Promise<readonly string[]> {
  const kinds = await import('@yici/papers/kinds').catch(() => undefined);
  const kind = kinds?.paperOf(name);
  const id = fields.safeParse(result).data?.[commands[name].of.key];
  if (kinds === undefined || kind === undefined || typeof id !== 'string') return [];
  const word = say({ zh: kinds.paperWords[kind].zh, en: kind });
  const line = `yici paper make ${id} --kind ${word} -o ${word}-${id}.pdf`;
  const what = kinds.paperWords[kind];
  return [say({ zh: `出具${what.zh}：${line}`, en: `to make the ${kind} paper: ${line}` })];
}
