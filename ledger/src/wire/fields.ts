import { LedgerError, type LedgerErrorCode } from '../errors.js';
import { WireReader } from './reader.js';

/** Wire tag of a varint field. */
export const varintTag = (field: number): number => field << 3;
/** Wire tag of a string, bytes or message field. */
export const bytesTag = (field: number): number => (field << 3) | 2;

type FieldHandlers = Readonly<Record<number, (reader: WireReader) => void>>;

/**
 * Decodes a message with a table wire tag -> handler; other fields are skipped. For messages off the hot path.
 * @throws LedgerError MALFORMED_BYTES
 */
export function readFields(bytes: Uint8Array, message: string, handlers: FieldHandlers): void {
  const reader = new WireReader(bytes, message);
  while (reader.next()) {
    const handle = handlers[reader.tag];
    if (handle === undefined) reader.skip();
    else handle(reader);
  }
}

/** Decodes one entry of a protobuf map with string keys; a missing half has its default. */
export function readMapEntry(bytes: Uint8Array): { key: string; value: Uint8Array } {
  let key = '';
  let value: Uint8Array = new Uint8Array(0);
  readFields(bytes, 'map entry', {
    [bytesTag(1)]: (reader) => {
      key = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      value = reader.bytes();
    },
  });
  return { key, value };
}

/** Runs a decoder and rethrows its failure with the given code and subject. */
export function decoding<T>(code: LedgerErrorCode, subject: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === code) throw cause;
    const why = cause instanceof Error ? cause.message : 'unreadable';
    throw new LedgerError(code, `${subject}: ${why}`, { cause });
  }
}
