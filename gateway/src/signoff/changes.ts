import type { SignoffChange } from '@yici/api';
import { canonicalJson } from '@yici/domain/model';

/** Where two inputs of an act differ, by JSON pointer (RFC 6901); a value that one of them has not got is null. */
export function changesBetween(before: unknown, after: unknown, path = ''): SignoffChange[] {
  const names = namesIn(before, after);
  if (names !== undefined) {
    return names.flatMap((name) =>
      changesBetween(at(before, name), at(after, name), `${path}/${escaped(name)}`),
    );
  }
  const [was, is] = [before ?? null, after ?? null];
  return canonicalJson(was) === canonicalJson(is) ? [] : [{ path, before: was, after: is }];
}

/** The members of two objects, or of two lists; undefined where there is nothing to go into. */
function namesIn(before: unknown, after: unknown): string[] | undefined {
  if (!isHolder(before) || !isHolder(after)) return undefined;
  if (Array.isArray(before) !== Array.isArray(after)) return undefined;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

const at = (value: unknown, name: string): unknown =>
  isHolder(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
