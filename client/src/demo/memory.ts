import type { Words } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import { document } from './stage.js';

/** What the steps of an act may refer to, such as the results of earlier ones, by name. */
export type Memory = Record<string, unknown>;

export const object = z.record(z.string(), z.unknown());

/**
 * A value of the story with its references replaced: `"{filed.caseNo}"`, alone or within a text; a member of a list by its
 * `id` or its index. `{"$document": …}` is a demo document; `"..."` adds the members of another object.
 * @throws ClientError CHECK_FAILED when there is nothing by that name.
 */
export function resolved(value: unknown, memory: Memory): unknown {
  if (typeof value === 'string') {
    const [, path] = /^\{([\w.]+)\}$/.exec(value) ?? [];
    return path === undefined ? textOf(value, memory) : memberAt(path, memory);
  }
  if (Array.isArray(value)) return value.map((one) => resolved(one, memory));
  if (typeof value !== 'object' || value === null) return value;
  const { $document: text, ...members } = object.parse(value);
  if (typeof text === 'string') return document(text);
  const entries = Object.entries(members).flatMap(([name, member]) => {
    const whole = resolved(member, memory);
    return name === '...' ? Object.entries(object.parse(whole)) : [[name, whole] as const];
  });
  return Object.fromEntries(entries);
}

export const textOf = (text: string, memory: Memory): string =>
  text.replace(/\{([\w.]+)\}/g, (_, path: string) => String(memberAt(path, memory)));

/** The same in both languages. */
export const wordsOf = ({ zh, en }: Words, memory: Memory): Words => ({
  zh: textOf(zh, memory),
  en: textOf(en, memory),
});

function memberAt(path: string, memory: Memory): unknown {
  const found = path.split('.').reduce<unknown>(memberOf, memory);
  if (found !== undefined) return found;
  throw new ClientError('CHECK_FAILED', `The story came to no ${path}.`);
}

function memberOf(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  const members: unknown[] = Array.isArray(of) ? of : [];
  return members.find((one) => memberOf(one, 'id') === name) ?? Reflect.get(of, name);
}
