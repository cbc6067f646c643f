import { chaincodeDefinition, type StateReader } from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';

/** Retention of private data, from the chaincode definitions in force. */
export class CollectionRetention {
  readonly #state: Pick<StateReader, 'get'>;
  readonly #lives = new Map<string, ReadonlyMap<string, bigint>>();

  constructor(state: Pick<StateReader, 'get'>) {
    this.#state = state;
  }

  /** In blocks; 0n: unlimited, as for implicit collections. */
  blockToLive(namespace: string, collection: string): bigint {
    const lives = getOrAdd(this.#lives, namespace, () => {
      const collections = chaincodeDefinition(this.#state, namespace)?.collections ?? [];
      return new Map(collections.map(({ name, blockToLive }) => [name, blockToLive]));
    });
    return lives.get(collection) ?? 0n;
  }

  /** Call after a block that wrote definitions. */
  forget(): void {
    this.#lives.clear();
  }
}
