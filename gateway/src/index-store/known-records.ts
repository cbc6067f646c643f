import {
  keyKinds,
  padded,
  type MatterContent,
  type RecordKind,
  type RecordOf,
} from '@yici/domain/model';
import { conforming } from './conforms.js';
import type { RecordLookup } from './index-entry.js';

/**
 * Looks up what is needed of records of a kind that every act uses and of which there are few: each text is parsed once. A
 * malformed record counts as absent.
 */
export function known<K extends RecordKind, T>(
  kind: K,
  most: number,
  of: (record: RecordOf<K>) => T,
): (lookup: RecordLookup, ...attributes: string[]) => T | undefined {
  const { objectType, schema } = keyKinds[kind];
  const conforms = conforming<RecordOf<K>>(schema);
  const parsed = new Map<string, { readonly found: T | undefined }>();
  return (lookup, ...attributes) => {
    const text = lookup(objectType, ...attributes);
    if (text === undefined) return undefined;
    const before = parsed.get(text);
    if (before !== undefined) return before.found;
    const record = conforms(JSON.parse(text));
    if (parsed.size >= most) parsed.clear();
    const found = record && of(record);
    parsed.set(text, { found });
    return found;
  };
}

const matter = known('matter', 200, ({ content }) => content);

export const knownMatter = (
  lookup: RecordLookup,
  { taskCode, matterVersion }: { readonly taskCode: string; readonly matterVersion: number },
): MatterContent | undefined => matter(lookup, taskCode, padded(matterVersion));

export const knownOneThing = known('oneThing', 100, ({ content }) => content);

export const knownDepartment = known('department', 500, (record) => record);

export const knownMember = known('departmentOfMsp', 500, ({ department }) => department);
