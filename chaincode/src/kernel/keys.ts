import type { z } from 'zod';
import type { RecordKind, RecordOf } from './records';

/** One kind of composite key: Fabric's object type, the record's schema, and its attributes in order. */
export interface KeyKind<K extends RecordKind> {
  readonly objectType: string;
  readonly schema: z.ZodType<RecordOf<K>>;
  readonly attributes: (record: RecordOf<K>) => readonly string[];
}

export type KeyKinds<K extends RecordKind> = { readonly [N in K]: KeyKind<N> };

/** Says one kind of key: see {@link KeyKind}. */
export function keyKind<S extends z.ZodType>(
  objectType: string,
  schema: S,
  attributes: (record: z.output<S>) => readonly string[],
) {
  return { objectType, schema, attributes } as const;
}

/** Six digits, so that keys sort as numbers do. */
export function padded(value: number): string {
  return value.toString().padStart(6, '0');
}

/** A key before it is made: Fabric's object type and the attributes. */
export interface KeyParts {
  readonly objectType: string;
  readonly attributes: readonly string[];
}

/** Fabric's composite key, for readers of raw state: U+0000, the type, then each attribute, each ended by U+0000. */
export function compositeKey({ objectType, attributes }: KeyParts): string {
  return `\u0000${[objectType, ...attributes].map((part) => `${part}\u0000`).join('')}`;
}
