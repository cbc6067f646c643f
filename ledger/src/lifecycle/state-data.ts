import { bytesTag, readFields, varintTag } from '../wire/fields.js';
import { concat, encodeVarint, utf8, WireWriter } from '../wire/writer.js';
import { malformed } from '../wire/reader.js';

/** lifecycle.StateData: one field of a stored structure. */
type StateData =
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'string'; readonly value: string };

/** lifecycle.StateMetadata: the type of a stored structure and the names of its fields. */
export interface StateMetadata {
  readonly datatype: string;
  readonly fields: readonly string[];
}

/** `lifecycle.StateData` bytes; members of a oneof are written even when empty. */
export function encodeStateData(data: StateData): Uint8Array {
  switch (data.kind) {
    case 'int64':
      return concat([Uint8Array.of(varintTag(1)), encodeVarint(data.value)]);
    case 'bytes':
      return new WireWriter().message(2, data.value).finish();
    case 'string':
      return new WireWriter().message(3, utf8(data.value)).finish();
  }
}

/** undefined when the message holds nothing. @throws LedgerError MALFORMED_BYTES */
function decodeStateData(bytes: Uint8Array): StateData | undefined {
  const read: { data: StateData | undefined } = { data: undefined };
  readFields(bytes, 'lifecycle.StateData', {
    [varintTag(1)]: (reader) => {
      read.data = { kind: 'int64', value: BigInt.asIntN(64, reader.uint64()) };
    },
    [bytesTag(2)]: (reader) => {
      read.data = { kind: 'bytes', value: reader.bytes() };
    },
    [bytesTag(3)]: (reader) => {
      read.data = { kind: 'string', value: reader.string() };
    },
  });
  return read.data;
}

/** A number field; 0 when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function int64Field(key: string, bytes: Uint8Array | undefined): bigint {
  const data = readField(bytes);
  if (data === undefined) return 0n;
  return data.kind === 'int64' ? data.value : wrongKind(key, data);
}

/** A message field; empty when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function bytesField(key: string, bytes: Uint8Array | undefined): Uint8Array {
  const data = readField(bytes);
  if (data === undefined) return new Uint8Array(0);
  return data.kind === 'bytes' ? data.value : wrongKind(key, data);
}

/** A text field; '' when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function stringField(key: string, bytes: Uint8Array | undefined): string {
  const data = readField(bytes);
  if (data === undefined) return '';
  return data.kind === 'string' ? data.value : wrongKind(key, data);
}

function readField(bytes: Uint8Array | undefined): StateData | undefined {
  return bytes === undefined ? undefined : decodeStateData(bytes);
}

function wrongKind(key: string, data: StateData): never {
  throw malformed('lifecycle.StateData', `${key} holds ${data.kind}`);
}

/** `lifecycle.StateMetadata` bytes. */
export function encodeStateMetadata(metadata: StateMetadata): Uint8Array {
  return new WireWriter()
    .string(1, metadata.datatype)
    .repeated(2, metadata.fields.map(utf8))
    .finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeStateMetadata(bytes: Uint8Array): StateMetadata {
  const fields: string[] = [];
  let datatype = '';
  readFields(bytes, 'lifecycle.StateMetadata', {
    [bytesTag(1)]: (reader) => {
      datatype = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      fields.push(reader.string());
    },
  });
  return { datatype, fields };
}
