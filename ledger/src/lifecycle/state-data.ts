import { bytes, int64, message, oneof, string, strings, type MessageOf } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { concat, encodeVarint, utf8, WireWriter } from '../wire/writer.js';

/** lifecycle.StateData: one field of a stored structure; undefined when the message holds nothing. */
const decodeStateData = oneof('lifecycle.StateData', {
  int64: int64(1),
  bytes: bytes(2),
  string: string(3),
});
type StateData = NonNullable<ReturnType<typeof decodeStateData>>;

/** The type of a stored structure and the names of its fields. */
export const stateMetadata = message('lifecycle.StateMetadata', {
  datatype: string(1),
  fields: strings(2),
});
export type StateMetadata = MessageOf<typeof stateMetadata>;

/** `lifecycle.StateData` bytes; members of a oneof are written even when empty. */
export function encodeStateData(data: StateData): Uint8Array {
  switch (data.kind) {
    case 'int64':
      return concat([Uint8Array.of(0x08), encodeVarint(data.value)]);
    case 'bytes':
      return new WireWriter().message(2, data.value).finish();
    case 'string':
      return new WireWriter().message(3, utf8(data.value)).finish();
  }
}

/** A number field; 0 when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function int64Field(key: string, stored: Uint8Array | undefined): bigint {
  const data = readField(stored);
  if (data === undefined) return 0n;
  return data.kind === 'int64' ? data.value : wrongKind(key, data);
}

/** A message field; empty when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function bytesField(key: string, stored: Uint8Array | undefined): Uint8Array {
  const data = readField(stored);
  if (data === undefined) return new Uint8Array(0);
  return data.kind === 'bytes' ? data.value : wrongKind(key, data);
}

/** A text field; '' when absent. @throws LedgerError MALFORMED_BYTES when it is of another kind. */
export function stringField(key: string, stored: Uint8Array | undefined): string {
  const data = readField(stored);
  if (data === undefined) return '';
  return data.kind === 'string' ? data.value : wrongKind(key, data);
}

function readField(stored: Uint8Array | undefined): StateData | undefined {
  return stored === undefined ? undefined : decodeStateData(stored);
}

function wrongKind(key: string, data: StateData): never {
  throw malformed('lifecycle.StateData', `${key} holds ${data.kind}`);
}
