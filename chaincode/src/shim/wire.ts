/**
 * The messages of Fabric 3.1's batches (peer/chaincode_shim.proto), which the protobuf classes of fabric-shim 2.5.8 do
 * not know. A peer's bytes are trusted as far as the shim trusts them: what is cut off throws a RangeError.
 */

/** ChaincodeMessage.Type */
export const messageType = { ready: 4, writeBatch: 24, getMultiple: 25 } as const;

/** What a peer says in the payload of READY (ChaincodeAdditionalParams); 0 is "cannot". */
export interface BatchSizes {
  readonly write: number;
  readonly read: number;
}

export type StateWrite =
  | { readonly kind: 'put'; readonly key: string; readonly value: Uint8Array }
  | {
      readonly kind: 'metadata';
      readonly key: string;
      readonly name: string;
      readonly value: Uint8Array;
    };

const writeType = { put: 9, metadata: 21 } as const;
const lengthDelimited = 2;

export function decodeBatchSizes(payload: Uint8Array): BatchSizes {
  const numbers = new Map<number, number>();
  for (const { field, value } of fieldsOf(payload)) {
    if (typeof value === 'number') numbers.set(field, value);
  }
  const size = (use: number, most: number) =>
    numbers.get(use) === 1 ? (numbers.get(most) ?? 0) : 0;
  return { write: size(1, 2), read: size(3, 4) };
}

/** GetStateMultiple of public keys. */
export function encodeGetMultiple(keys: readonly string[]): Uint8Array {
  return Buffer.concat(keys.flatMap((key) => bytesField(1, Buffer.from(key, 'utf8'))));
}

/** The values of a GetStateMultipleResult, in the order of the keys; empty where there is none. */
export function decodeMultiple(payload: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (const { field, value } of fieldsOf(payload)) {
    if (field === 1 && typeof value !== 'number') values.push(value);
  }
  return values;
}

/** WriteBatchState; the peer applies it in this order. */
export function encodeWriteBatch(writes: readonly StateWrite[]): Uint8Array {
  return Buffer.concat(writes.flatMap((write) => bytesField(1, encodeWrite(write))));
}

function encodeWrite(write: StateWrite): Uint8Array {
  const value =
    write.kind === 'put'
      ? bytesField(2, write.value)
      : bytesField(
          4,
          Buffer.concat([...bytesField(1, Buffer.from(write.name)), ...bytesField(2, write.value)]),
        );
  const type = Uint8Array.of(5 << 3, writeType[write.kind]);
  return Buffer.concat([...bytesField(1, Buffer.from(write.key, 'utf8')), ...value, type]);
}

function bytesField(field: number, value: Uint8Array): Uint8Array[] {
  return [Uint8Array.from([(field << 3) | lengthDelimited, ...varint(value.length)]), value];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

interface Field {
  readonly field: number;
  readonly value: number | Uint8Array;
}

function* fieldsOf(payload: Uint8Array): Generator<Field> {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = payload[at++];
      if (byte === undefined) throw new RangeError('a message of the peer is cut off');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < payload.length) {
    const tag = number();
    const length = number();
    if ((tag & 7) !== lengthDelimited) {
      yield { field: tag >>> 3, value: length };
      continue;
    }
    if (at + length > payload.length) throw new RangeError('a message of the peer is cut off');
    yield { field: tag >>> 3, value: payload.subarray(at, at + length) };
    at += length;
  }
}
