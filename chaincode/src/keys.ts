import type { z } from 'zod';
import { joined, type Joined } from './concepts';
import type { KeyKind, KeyKinds, KeyParts } from './kernel/keys';
import type { LedgerRecord, RecordKind, RecordOf } from './kernel/records';

type Kinds = Joined<'kinds'>;
type Records = { [K in keyof Kinds]: z.output<Kinds[K]['schema']> };
declare module './kernel/records' {
  interface LedgerRecords extends Records {}
}

/** Every key prefix of the world state. */
export const keyKinds: KeyKinds<RecordKind> = joined('kinds');

/** The key of a record, by its kind. */
export function keyOf<K extends RecordKind>(record: RecordOf<K> & LedgerRecord): KeyParts {
  const kind: KeyKind<K> = keyKinds[record.kind];
  return { objectType: kind.objectType, attributes: kind.attributes(record) };
}
