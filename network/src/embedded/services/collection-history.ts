import {
  fieldKey,
  LIFECYCLE_NAMESPACE,
  NAMESPACES,
  storedCollections,
  type Collection,
} from '@yici/ledger';
import { sequenceKey } from '../endorse/sequence.js';
import type { StateSnapshot } from '../ports.js';

/** The collections of a chaincode's definition, valid from a block on. */
interface Edition {
  readonly block: bigint;
  readonly collections: readonly Collection[];
}

interface Known {
  readonly mark: string;
  /** Newest first. */
  readonly editions: readonly Edition[];
}

/** The explicit collections of chaincodes at earlier heights, read from the history of their definitions. */
export class CollectionHistory {
  readonly #known = new Map<string, Known>();

  /**
   * The collections as last defined before the block (core/ledger/confighistory/mgr.go
   * MostRecentCollectionConfigBelow), so that a later definition does not change who reads what the block wrote.
   */
  async below(
    snapshot: StateSnapshot,
    chaincode: string,
    block: bigint,
  ): Promise<readonly Collection[]> {
    const editions = await this.#editions(snapshot, chaincode);
    return editions.find((edition) => edition.block < block)?.collections ?? [];
  }

  async #editions(snapshot: StateSnapshot, chaincode: string): Promise<readonly Edition[]> {
    const sequence = snapshot.get(LIFECYCLE_NAMESPACE, sequenceKey(chaincode));
    const mark = `${String(sequence?.version.block)}:${String(sequence?.version.tx)}`;
    const known = this.#known.get(chaincode);
    if (known?.mark === mark) return known.editions;
    const editions = await read(snapshot, chaincode);
    this.#known.set(chaincode, { mark, editions });
    return editions;
  }
}

async function read(snapshot: StateSnapshot, chaincode: string): Promise<readonly Edition[]> {
  const editions: Edition[] = [];
  const key = fieldKey(NAMESPACES, chaincode, 'Collections');
  for await (const { block, value } of snapshot.history(LIFECYCLE_NAMESPACE, key)) {
    editions.push({ block, collections: storedCollections(key, value) });
  }
  return editions;
}
