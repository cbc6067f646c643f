import { hashKey, type Version } from '@yici/ledger';
import type { NetworkError } from '../../errors.js';
import { refused } from './refused.js';
import type { StateSnapshot } from '../ports.js';
import type { Collection, CollectionLookup } from './collections.js';
import { RangeScan, UnrecordedScan, type KeyValue, type ResultIterator } from './range-scan.js';
import { RwSetBuilder, type Metadata, type SimulatedSets } from './rwset-builder.js';
import { TouchedPolicies, type TouchedNamespace } from './touched.js';

const noMetadata: Metadata = new Map();

interface SimulatorOptions {
  readonly txId: string;
  /** Serialized identity of the simulating peer: it holds the collections of its department. */
  readonly peer: Uint8Array;
  /** Namespaces of system chaincodes. */
  readonly system: ReadonlySet<string>;
}

export interface Simulation extends SimulatedSets {
  readonly touched: readonly TouchedNamespace[];
  /** Collections whose cleartext was read: `namespace/collection`. */
  readonly privateReads: readonly Collection[];
}

/**
 * Simulates a transaction on the committed state. Reads return committed values, never the transaction's own writes;
 * writes are kept until `finish` (txmgr/tx_simulator.go, query_executor.go). Refusals are NetworkError
 * SIMULATION_REFUSED with Fabric's wording.
 */
export class TransactionSimulator {
  readonly #options: SimulatorOptions;
  readonly #snapshot: StateSnapshot;
  readonly #lookup: CollectionLookup;
  readonly #sets = new RwSetBuilder();
  readonly #touched = new TouchedPolicies();
  readonly #scans: RangeScan[] = [];
  readonly #open = new Set<ResultIterator<unknown>>();
  readonly #known = new Map<string, ReadonlyMap<string, Collection>>();
  readonly #privateReads = new Map<string, Collection>();
  #wrote = false;
  #queriedPrivate = false;
  #paginated = false;
  #done = false;

  constructor(options: SimulatorOptions, snapshot: StateSnapshot, collections: CollectionLookup) {
    this.#options = options;
    this.#snapshot = snapshot;
    this.#lookup = collections;
  }

  getState(namespace: string, key: string): Uint8Array | undefined {
    return this.#read(namespace, key)?.value;
  }

  getStateMetadata(namespace: string, key: string): Metadata {
    return this.#read(namespace, key)?.metadata ?? noMetadata;
  }

  /** An empty value deletes the key. */
  setState(namespace: string, key: string, value: Uint8Array): void {
    this.#beforeWrite();
    this.#sets.write(namespace, key, value);
    this.#touched.wrote(namespace, '', this.#snapshot.get(namespace, key)?.metadata);
  }

  setStateMetadata(namespace: string, key: string, metadata: Metadata): void {
    this.#beforeWrite();
    this.#sets.writeMetadata(namespace, key, metadata);
    this.#touched.wrote(namespace, '', this.#snapshot.get(namespace, key)?.metadata);
  }

  /** `[start, end)`; an empty `end` is unbounded. A `pageSize` makes the transaction read-only. */
  range(
    namespace: string,
    start: string,
    end: string,
    pageSize?: number,
  ): ResultIterator<KeyValue> {
    this.#beforeUse();
    if (pageSize !== undefined) {
      this.#refuseAfterWrites('Paginated queries are supported only in a read-only transaction');
      this.#paginated = true;
    }
    const source = this.#snapshot.range(namespace, start, end);
    const scan = new RangeScan(source, namespace, start, end, Math.max(0, pageSize ?? 0));
    this.#scans.push(scan);
    this.#open.add(scan);
    return scan;
  }

  /** Newest first. */
  history(namespace: string, key: string): ReturnType<StateSnapshot['history']> {
    this.#beforeUse();
    return this.#snapshot.history(namespace, key);
  }

  getPrivate(namespace: string, name: string, key: string): Uint8Array | undefined {
    const collection = this.collection(namespace, name);
    const held = collection.isMember(this.#options.peer);
    const found = held ? this.#snapshot.getPrivate(namespace, name, key) : undefined;
    const hash = this.#snapshot.getHash(namespace, name, hashKey(key));
    if (!sameVersion(hash?.version, found?.version)) {
      throw refused(
        'private data matching public hash version is not available. ' +
          `Public hash version = ${versionText(hash?.version)}, Private data version = ${versionText(found?.version)}`,
      );
    }
    this.#sets.hashedRead(namespace, name, key, found?.version);
    this.#touched.readPrivate(namespace, name);
    this.#privateReads.set(`${namespace}/${name}`, collection);
    return found?.value;
  }

  getPrivateHash(namespace: string, collection: string, key: string): Uint8Array | undefined {
    return this.#hash(namespace, collection, key)?.valueHash;
  }

  getPrivateMetadata(namespace: string, collection: string, key: string): Metadata {
    return this.#hash(namespace, collection, key)?.metadata ?? noMetadata;
  }

  /** An empty value deletes the key. */
  setPrivate(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.#beforePrivateWrite(namespace, collection, key);
    this.#sets.privateWrite(namespace, collection, key, value);
  }

  purgePrivate(namespace: string, collection: string, key: string): void {
    this.#beforePrivateWrite(namespace, collection, key);
    this.#sets.privatePurge(namespace, collection, key);
  }

  setPrivateMetadata(namespace: string, collection: string, key: string, value: Metadata): void {
    this.#beforePrivateWrite(namespace, collection, key);
    this.#sets.privateMetadata(namespace, collection, key, value);
  }

  /** Has no phantom protection, so a transaction that uses it cannot write. */
  privateRange(ns: string, name: string, start: string, end: string): ResultIterator<KeyValue> {
    this.#refuseAfterWrites('Queries on pvt data is supported only in a read-only transaction');
    this.#queriedPrivate = true;
    const held = this.collection(ns, name).isMember(this.#options.peer);
    const source = held ? this.#snapshot.rangePrivate(ns, name, start, end) : nothing();
    const scan = new UnrecordedScan(source, ({ key, value }) => ({ key, value: value.value }));
    this.#open.add(scan);
    return scan;
  }

  /** The collection of that name, or a refusal; makes the same reads of the definition as Fabric. */
  collection(namespace: string, name: string): Collection {
    const collection = this.findCollection(namespace, name);
    if (!collection) {
      throw refused(
        `collection [${name}] not defined in the collection config for chaincode [${namespace}]`,
      );
    }
    return collection;
  }

  /** The same, or undefined when the chaincode has no such collection. */
  findCollection(namespace: string, name: string): Collection | undefined {
    this.#beforeUse();
    let collections = this.#known.get(namespace);
    if (!collections) {
      collections = this.#lookup(namespace, (ns, key) => this.getState(ns, key));
      if (!collections) {
        throw refused(
          `collection config not defined for chaincode [${namespace}], pass the collection configuration upon chaincode definition/instantiation`,
        );
      }
      this.#known.set(namespace, collections);
    }
    return collections.get(name);
  }

  /** Ends the simulation and returns its reads and writes. Call once. */
  finish(): Simulation {
    this.#beforeUse();
    for (const scan of this.#scans) {
      this.#sets.rangeQuery(scan.namespace, scan.recorded());
    }
    const sets = this.#sets.build();
    const touched = this.#touched.result(sets.public, this.#options.system);
    const privateReads = [...this.#privateReads.values()];
    return { public: sets.public, private: sets.private, touched, privateReads };
  }

  /** Closes every iterator, but not the snapshot. */
  async close(): Promise<void> {
    this.#done = true;
    await Promise.all([...this.#open].map((scan) => scan.close()));
    this.#open.clear();
  }

  #read(namespace: string, key: string): ReturnType<StateSnapshot['get']> {
    this.#beforeUse();
    const found = this.#snapshot.get(namespace, key);
    this.#sets.read(namespace, key, found?.version);
    return found;
  }

  #hash(namespace: string, collection: string, key: string): ReturnType<StateSnapshot['getHash']> {
    this.collection(namespace, collection);
    const found = this.#snapshot.getHash(namespace, collection, hashKey(key));
    this.#sets.hashedRead(namespace, collection, key, found?.version);
    return found;
  }

  #beforePrivateWrite(namespace: string, collection: string, key: string): void {
    this.collection(namespace, collection);
    this.#beforeWrite();
    const hash = this.#snapshot.getHash(namespace, collection, hashKey(key));
    this.#touched.wrote(namespace, collection, hash?.metadata);
  }

  #beforeUse(): void {
    if (this.#done) {
      throw refused('this instance should not be used after calling Done()');
    }
  }

  #beforeWrite(): void {
    this.#beforeUse();
    const forbids = this.#queriedPrivate
      ? 'queries on pvt data'
      : this.#paginated && 'a paginated query';
    if (forbids !== false) {
      const text = `Transaction has already performed ${forbids}. Writes are not allowed`;
      throw this.#unsupported(text);
    }
    this.#wrote = true;
  }

  #refuseAfterWrites(sentence: string): void {
    if (this.#wrote) {
      throw this.#unsupported(sentence);
    }
  }

  #unsupported(sentence: string): NetworkError {
    return refused(`txid [${this.#options.txId}]: unsuppored transaction. ${sentence}`);
  }
}

function sameVersion(left: Version | undefined, right: Version | undefined): boolean {
  return left?.block === right?.block && left?.tx === right?.tx;
}

function versionText(version: Version | undefined): string {
  return version ? `{BlockNum: ${String(version.block)}, TxNum: ${version.tx}}` : '<nil>';
}

async function* nothing(): ReturnType<StateSnapshot['rangePrivate']> {
  // A department that is not a member holds no data of the collection.
}
