import type { LedgerRecord, RecordKind, RecordOf } from '@yici/domain/model';
import { canonicalJson, compositeKey, keyKinds, keyOf } from '@yici/domain/model';
import type { RecordStore } from '@yici/domain/rules';

/** What transactions leave behind. */
export interface Memory {
  readonly state: Map<string, LedgerRecord>;
  /** What the private collections hold: collection and key. */
  readonly privately: Map<string, string>;
  /** Keys with an endorsement policy of their own. */
  readonly endorsements: Map<string, readonly string[]>;
}

type KeyOf = Parameters<typeof compositeKey>[0];
const heldAs = (collection: string, key: KeyOf) => `${collection} ${compositeKey(key)}`;

export function recordAt<K extends RecordKind>(
  { state }: Memory,
  kind: K,
  attributes: readonly string[],
): RecordOf<K> | undefined {
  const { objectType } = keyKinds[kind];
  // A key is made of the kind of what lies there.
  return state.get(compositeKey({ objectType, attributes })) as RecordOf<K> | undefined;
}

/** A record as the ledger keeps it. A rule may only write what its schema allows, and never over an event. */
function stored({ state }: Memory, key: string, record: LedgerRecord): LedgerRecord {
  keyKinds[record.kind].schema.parse(record);
  if ((record.kind === 'caseEvent' || record.kind === 'shareEvent') && state.has(key)) {
    throw new RangeError(`event written twice: ${key}`);
  }
  return JSON.parse(canonicalJson(record)) as LedgerRecord;
}

/** The memory as one transaction sees it: it reads nothing that it wrote, and without `commit` nothing stays. */
export function memoryStore(memory: Memory): { store: RecordStore; commit: () => void } {
  const { state, privately, endorsements } = memory;
  const put: (() => void)[] = [];
  const written: (() => void)[] = [];
  const all = <K extends RecordKind>(kind: K, attributes: readonly string[]) => {
    const prefix = compositeKey({ objectType: keyKinds[kind].objectType, attributes });
    const keys = [...state.keys()].filter((key) => key.startsWith(prefix)).sort();
    return Promise.resolve(keys.map((key) => state.get(key) as RecordOf<K>));
  };
  const store: RecordStore = {
    expect: () => Promise.resolve(),
    get: (kind, ...attributes) => Promise.resolve(recordAt(memory, kind, attributes)),
    put(record) {
      const key = compositeKey(keyOf(record));
      const value = stored(memory, key, record);
      put.push(() => state.set(key, value));
    },
    endorse(record, mspIds) {
      put.push(() => endorsements.set(compositeKey(keyOf(record)), mspIds));
    },
    flush() {
      written.push(...put.splice(0));
      return Promise.resolve();
    },
    putPrivately({ collection, key, value }) {
      const name = heldAs(collection, key);
      if (value === undefined) written.push(() => privately.delete(name));
      else written.push(() => privately.set(name, value));
      return Promise.resolve();
    },
    getPrivately: (collection, key) => Promise.resolve(privately.get(heldAs(collection, key))),
    all,
    list(kind) {
      throw new RangeError(`pages are for queries: ${kind}`);
    },
  };
  const commit = () => {
    for (const write of written) write();
  };
  return { store, commit };
}
