import { keyKinds, type RecordKind, type RecordOf } from '@yici/domain/model';
import type { RecordStore } from '@yici/domain/acts';
import type { z } from 'zod';
import { indexKeys } from '../index-store/keys.js';
import type { IndexReader } from '../index-store/reader.js';

/** The index as the rules see the world state, to ask them what they would say: nothing is written, and no values are shown. */
export function indexRecords(index: IndexReader): RecordStore {
  const all = async <K extends RecordKind>(kind: K, attributes: readonly string[]) => {
    const { objectType } = keyKinds[kind];
    const schema: z.ZodType<RecordOf<K>> = keyKinds[kind].schema;
    const found: RecordOf<K>[] = [];
    for await (const [, text] of index.range(indexKeys.records(objectType, ...attributes))) {
      found.push(schema.parse(JSON.parse(text)));
    }
    return found;
  };
  return {
    expect: () => Promise.resolve(),
    get: (kind, ...attributes) => Promise.resolve(index.record(kind, ...attributes)),
    all,
    list: async (kind, attributes) => ({ records: await all(kind, attributes) }),
    put: () => undefined,
    endorse: () => undefined,
    flush: () => Promise.resolve(),
    putPrivately: () => Promise.resolve(),
    getPrivately: () => Promise.resolve(undefined),
  };
}
