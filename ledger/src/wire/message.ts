import { WireReader } from './reader.js';
import { NONE, utf8, WireWriter } from './writer.js';

/** One field of a message. `T` is what it decodes to. */
export interface Field<T> {
  /** Field number and wire type. */
  readonly tag: number;
  /** The value of a field that does not occur. */
  readonly zero: T;
  /** The value after one more occurrence; `before` is given to fields that gather their occurrences. */
  read(reader: WireReader, before: T): T;
  /** Writes the field; a default value is left out where protobuf leaves it out. */
  write(writer: WireWriter, value: T): void;
  readonly gathers?: true;
  /** An embedded message is decoded from its merged occurrences, when all fields have been read. */
  readonly embedded?: Pick<Message<unknown>, 'decode'>;
  /** Whether the decoded value lacks a field that did not occur, instead of having its default. */
  readonly optional?: boolean;
}

interface OptionalField<T> extends Field<T> {
  readonly optional: true;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type Value<F> = F extends Field<infer T> ? T : never;

/** What a message with these fields decodes to. */
type Decoded<F> = {
  readonly [K in keyof F as F[K] extends OptionalField<unknown> ? never : K]: Value<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends OptionalField<unknown> ? K : never]?: Value<F[K]>;
};

/** A protobuf message: decoder and encoder, both derived from its fields. */
export interface Message<T> {
  /** The message without any field. */
  readonly zero: T;
  /** Unknown fields are skipped. @throws LedgerError MALFORMED_BYTES */
  readonly decode: (bytes: Uint8Array) => T;
  readonly write: (value: T) => WireWriter;
  readonly encode: (value: T) => Uint8Array;
}

/** The value of a {@link message} of this definition. */
export type MessageOf<M> = M extends Message<infer T> ? T : never;

/**
 * Defines a message by its fields, in ascending order of their numbers.
 * @param fresh makes {@link Message.zero} anew. Worth its line where every transaction has such messages: an object literal
 * takes a third of the time of a copy.
 */
export function message<F extends Fields>(
  name: string,
  fields: F,
  fresh?: () => Decoded<F>,
): Message<Decoded<F>> {
  const entries = Object.entries<Field<unknown>>(fields);
  const required = entries.filter(([, field]) => field.optional !== true);
  const zero = Object.fromEntries(required.map(([key, field]) => [key, field.zero]));
  const embedded = entries.flatMap(([key, field]) =>
    field.embedded === undefined ? [] : [{ key, inner: field.embedded }],
  );
  const byTag = fieldsByTag(entries);
  const decode = (bytes: Uint8Array): Record<string, unknown> => {
    const reader = new WireReader(bytes, name);
    const read: Record<string, unknown> = fresh === undefined ? { ...zero } : fresh();
    while (reader.next()) {
      const found = byTag[reader.tag];
      if (found === undefined) reader.skip();
      else {
        const { key, field, gathers } = found;
        read[key] = field.read(reader, gathers ? read[key] : undefined);
      }
    }
    if (embedded.length > 0) decodeEmbedded(read, embedded);
    return read;
  };
  const write = (value: Readonly<Record<string, unknown>>): WireWriter => {
    const writer = new WireWriter();
    for (const [key, field] of entries) field.write(writer, value[key]);
    return writer;
  };
  // The compiler cannot follow from the fields to the object that is built from them key by key.
  return { zero, decode, write, encode: (value) => write(value).finish() } as Message<Decoded<F>>;
}

interface Embedded {
  readonly key: string;
  readonly inner: Pick<Message<unknown>, 'decode'>;
}

function decodeEmbedded(read: Record<string, unknown>, embedded: readonly Embedded[]): void {
  for (const { key, inner } of embedded) {
    const merged = read[key];
    if (merged !== undefined) read[key] = inner.decode(merged as Uint8Array);
  }
}

/** The member of a oneof that occurred last. */
type Member<F> = {
  readonly [K in keyof F]: { readonly kind: K; readonly value: Value<F[K]> };
}[keyof F];

/**
 * A decoder of a message that is one oneof: of different members the last counts, occurrences of one embedded message merge.
 * Undefined when there is none. @throws LedgerError MALFORMED_BYTES
 */
export function oneof<F extends Fields>(
  name: string,
  members: F,
): (bytes: Uint8Array) => Member<F> | undefined {
  const byTag = fieldsByTag(Object.entries<Field<unknown>>(members));
  return (bytes) => {
    const reader = new WireReader(bytes, name);
    let last: { readonly kind: string; readonly value: unknown } | undefined;
    while (reader.next()) {
      const found = byTag[reader.tag];
      if (found === undefined) reader.skip();
      else {
        const { key: kind, field } = found;
        const before = last?.kind === kind ? last.value : field.zero;
        last = { kind, value: field.read(reader, before) };
      }
    }
    // As above: key and value belong to one member.
    return last as Member<F> | undefined;
  };
}

interface Found {
  readonly key: string;
  readonly field: Field<unknown>;
  readonly gathers: boolean;
}

function fieldsByTag(
  entries: readonly (readonly [string, Field<unknown>])[],
): readonly (Found | undefined)[] {
  const byTag: (Found | undefined)[] = [];
  for (const [key, field] of entries) {
    byTag[field.tag] = { key, field, gathers: field.gathers === true };
  }
  return byTag;
}

const varintTag = (number: number): number => number << 3;
const bytesTag = (number: number): number => (number << 3) | 2;

export const bytes = (number: number): Field<Uint8Array> => ({
  tag: bytesTag(number),
  zero: NONE,
  read: (reader) => reader.bytes(),
  write: (writer, value) => writer.bytes(number, value),
});

export const string = (number: number): Field<string> => ({
  tag: bytesTag(number),
  zero: '',
  read: (reader) => reader.string(),
  write: (writer, value) => writer.string(number, value),
});

export const bool = (number: number): Field<boolean> => ({
  tag: varintTag(number),
  zero: false,
  read: (reader) => reader.bool(),
  write: (writer, value) => writer.bool(number, value),
});

/** int32, or an enum. */
export const int32 = (number: number): Field<number> => ({
  tag: varintTag(number),
  zero: 0,
  read: (reader) => reader.int32(),
  write: (writer, value) => writer.varint(number, value),
});

export const uint32 = (number: number): Field<number> => ({
  ...int32(number),
  read: (reader) => reader.uint32(),
});

export const uint64 = (number: number): Field<bigint> => ({
  tag: varintTag(number),
  zero: 0n,
  read: (reader) => reader.uint64(),
  write: (writer, value) => writer.varint(number, value),
});

export const int64 = (number: number): Field<bigint> => ({
  ...uint64(number),
  read: (reader) => BigInt.asIntN(64, reader.uint64()),
});

/** Bytes of which absent ones are told from empty ones when they are read; neither is written. */
export const bytesIfAny = (number: number): Field<Uint8Array | undefined> => ({
  ...bytes(number),
  zero: undefined,
  write: (writer, value) => writer.bytes(number, value),
});

/** Bytes of which empty ones are as good as absent. */
export const bytesUnlessEmpty = (number: number): Field<Uint8Array | undefined> => ({
  ...bytesIfAny(number),
  read: (reader) => {
    const value = reader.bytes();
    return value.length === 0 ? undefined : value;
  },
});

/** An embedded message that stays encoded; its occurrences are merged. */
export const encoded = (number: number): Field<Uint8Array | undefined> => ({
  tag: bytesTag(number),
  zero: undefined,
  gathers: true,
  read: (reader, before) => reader.message(before),
  write: (writer, value) => writer.message(number, value),
});

export const embedded = <T>(number: number, inner: Message<T>): Field<T | undefined> => ({
  tag: bytesTag(number),
  zero: undefined,
  gathers: true,
  // Until all occurrences are read, the value is their bytes.
  read: (reader, before) => reader.message(before as Uint8Array | undefined) as T,
  write: (writer, value) =>
    writer.message(number, value === undefined ? undefined : inner.write(value)),
  embedded: inner,
});

/** A field that the decoded value does not have when it does not occur. */
export const optional = <T>(field: Field<T | undefined>): OptionalField<T> => ({
  // Nothing reads the default of a field that is left out.
  ...(field as Field<T>),
  optional: true,
  write: (writer, value: T | undefined) => field.write(writer, value),
});

/** A repeated field; its entries are written even when they are empty. */
const repeated = <T>(
  number: number,
  read: (reader: WireReader) => T,
  encode: (value: T) => Uint8Array | WireWriter,
): Field<readonly T[]> => ({
  tag: bytesTag(number),
  zero: [],
  gathers: true,
  read: (reader, before) => {
    const value = read(reader);
    // The empty list is the shared default; a longer one was begun here, for this message alone.
    if (before.length === 0) return [value];
    (before as T[]).push(value);
    return before;
  },
  write: (writer, values) => {
    for (const value of values) writer.message(number, encode(value));
  },
});

export const bytesList = (number: number): Field<readonly Uint8Array[]> =>
  repeated(
    number,
    (reader) => reader.bytes(),
    (value) => value,
  );

export const strings = (number: number): Field<readonly string[]> =>
  repeated(number, (reader) => reader.string(), utf8);

export const list = <T>(
  number: number,
  inner: Pick<Message<T>, 'decode' | 'write'>,
): Field<readonly T[]> => repeated(number, (reader) => inner.decode(reader.bytes()), inner.write);

/** One entry of a protobuf map with string keys; a missing half has its default. */
export const mapEntry = message('map entry', { key: string(1), value: bytes(2) });
