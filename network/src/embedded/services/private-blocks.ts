import { encodeTxPrivateRwSet, parseBlock, WireWriter } from '@yici/ledger';
import type { PrivateCollectionWrites } from '@yici/ledger';
import type { Definitions } from '../endorse/definitions.js';
import type { ChannelLedger } from '../ports.js';
import type { Collection } from '../simulate/collections.js';
import { CollectionHistory } from './collection-history.js';

interface PrivateBlocksDependencies {
  readonly ledger: ChannelLedger;
  readonly definitions: Definitions;
}

/**
 * Adds to a block the private cleartext that this peer's department holds and the reader may read, by the collections
 * as defined before the block; all readers of the channel where reading is not limited to members
 * (core/peer/deliverevents.go CheckCollectionPolicy).
 */
export class PrivateBlocks {
  /** Serialized identity of the department's peer. */
  readonly #peer: Uint8Array;
  readonly #dependencies: PrivateBlocksDependencies;
  readonly #history = new CollectionHistory();

  constructor(peer: Uint8Array, dependencies: PrivateBlocksDependencies) {
    this.#peer = peer;
    this.#dependencies = dependencies;
  }

  /** peer.BlockAndPrivateData bytes. `block` may be without data; only its number is used. */
  async withPrivateData(block: Uint8Array, reader: Uint8Array): Promise<Uint8Array> {
    const { number } = parseBlock(block);
    const writer = new WireWriter().message(1, block);
    const byTransaction = await this.#dependencies.ledger.privateWrites(number);
    const collections = await this.#collections(number, byTransaction);
    for (const [position, writes] of byTransaction) {
      const readable = writes.filter((one) => this.#mayRead(collections.get(idOf(one)), reader));
      if (readable.length > 0) {
        const entry = new WireWriter().varint(1, position);
        writer.message(2, entry.message(2, encodeTxPrivateRwSet(readable)).finish());
      }
    }
    return writer.finish();
  }

  async #collections(
    block: bigint,
    byTransaction: ReadonlyMap<number, readonly PrivateCollectionWrites[]>,
  ): Promise<ReadonlyMap<string, Collection>> {
    const { definitions, ledger } = this.#dependencies;
    const found = new Map<string, Collection>();
    const snapshot = ledger.snapshot();
    try {
      for (const writes of [...byTransaction.values()].flat()) {
        const explicit = await this.#history.below(snapshot, writes.namespace, block);
        const collection = definitions.views(explicit).get(writes.collection);
        if (collection) {
          found.set(idOf(writes), collection);
        }
      }
      return found;
    } finally {
      await snapshot.close();
    }
  }

  #mayRead(collection: Collection | undefined, reader: Uint8Array): boolean {
    if (!collection?.isMember(this.#peer)) {
      return false;
    }
    return !collection.memberOnlyRead || collection.isMember(reader);
  }
}

function idOf({ namespace, collection }: PrivateCollectionWrites): string {
  return `${namespace}/${collection}`;
}
