/** State metadata of a key by name. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

/** What stands at a key before a transaction. */
export interface LatestState<V> {
  readonly value: V;
  readonly metadata?: Metadata | undefined;
}

/** What a transaction leaves at a key; `next` undefined deletes it. */
export interface ResolvedOp<K, V> {
  readonly key: K;
  readonly next: LatestState<V> | undefined;
}

interface Op<K, V> {
  readonly key: K;
  /** Sum of the flags below, a byte as in Fabric. */
  flags: number;
  value: V | undefined;
  metadata: Metadata | undefined;
}

const UPSERT = 1;
const METADATA_UPDATE = 2;
const METADATA_DELETE = 4;
const DELETE = 8;
const BYTE = 0xff;

/**
 * What one transaction does to each key: value and metadata writes come together, and what one of them leaves out is
 * taken from the state before (core/ledger/kvledger/txmgmt/validation/tx_ops.go). Flags are added, not or-ed: a
 * read-write set that names a key twice, which no honest peer makes, means in Fabric what the sums happen to mean.
 */
export class KeyOps<K, V> {
  readonly #ops = new Map<string, Op<K, V>>();

  /** `value` undefined deletes. `id` tells keys apart. */
  write(id: string, key: K, value: V | undefined): void {
    const op = this.#op(id, key);
    op.flags = (op.flags + (value === undefined ? DELETE : UPSERT)) & BYTE;
    if (value !== undefined) op.value = value;
  }

  /** `metadata` undefined takes the metadata away. */
  metadata(id: string, key: K, metadata: Metadata | undefined): void {
    const op = this.#op(id, key);
    op.flags = (op.flags + (metadata === undefined ? METADATA_DELETE : METADATA_UPDATE)) & BYTE;
    if (metadata !== undefined) op.metadata = metadata;
  }

  /** The outcome for each key in the order in which keys were first named; metadata of absent keys is dropped. */
  resolve(latest: (key: K) => LatestState<V> | undefined): readonly ResolvedOp<K, V>[] {
    return [...this.#ops.values()].flatMap((op) => {
      const { key, flags, metadata } = op;
      if ((flags & DELETE) !== 0) return [{ key, next: undefined }];
      const before = latest(key);
      if ((flags | UPSERT) === UPSERT) return outcome(key, op.value, before?.metadata);
      const both = (flags & UPSERT) !== 0 && (flags & (METADATA_UPDATE | METADATA_DELETE)) !== 0;
      return outcome(key, both ? op.value : before?.value, metadata);
    });
  }

  #op(id: string, key: K): Op<K, V> {
    const known = this.#ops.get(id);
    if (known !== undefined) return known;
    const op: Op<K, V> = { key, flags: 0, value: undefined, metadata: undefined };
    this.#ops.set(id, op);
    return op;
  }
}

function outcome<K, V>(
  key: K,
  value: V | undefined,
  metadata: Metadata | undefined,
): readonly ResolvedOp<K, V>[] {
  return value === undefined ? [] : [{ key, next: { value, metadata } }];
}
