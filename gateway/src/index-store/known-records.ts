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
 * Looks up records of a kind that every act uses and of which there are few: each text is parsed once. A malformed
 * record counts as absent.
 */
function known<K extends RecordKind>(kind: K, most: number) {
  const { objectType, schema } = keyKinds[kind];
  const conforms = conforming<RecordOf<K>>(schema);
  const parsed = new Map<string, RecordOf<K> | undefined>();
  return (lookup: RecordLookup, ...attributes: string[]): RecordOf<K> | undefined => {
    const text = lookup(objectType, ...attributes);
    if (text === undefined) return undefined;
    if (parsed.has(text)) return parsed.get(text);
    const record = conforms(JSON.parse(text));
    if (parsed.size >= most) parsed.clear();
    parsed.set(text, record);
    return record;
  };
}

const matter = known('matter', 200);
const member = known('departmentOfMsp', 500);

/** A matter version. */
export const knownMatter = (
  lookup: RecordLookup,
  { taskCode, matterVersion }: { readonly taskCode: string; readonly matterVersion: number },
): MatterContent | undefined => matter(lookup, taskCode, padded(matterVersion))?.content;

/** A registered department by id. */
export const knownDepartment = known('department', 500);

/** The registered department of an MSP. */
export const knownMember = (lookup: RecordLookup, mspId: string): string | undefined =>
  member(lookup, mspId)?.department;
