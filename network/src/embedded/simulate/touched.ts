import type { TxRwSet } from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';
import type { Metadata } from './rwset-builder.js';

/** Name under which a key's endorsement policy is kept (peer.MetaDataKeys). */
const validationParameter = 'VALIDATION_PARAMETER';

/** The policies that a transaction must satisfy in one chaincode's namespace. */
export interface TouchedNamespace {
  readonly namespace: string;
  /** Serialized SignaturePolicyEnvelope of every written key that has one. */
  readonly keyPolicies: readonly Uint8Array[];
  readonly chaincodePolicy: boolean;
  readonly collections: readonly TouchedCollection[];
}

interface TouchedCollection {
  readonly collection: string;
  /** Only departments that hold the data can endorse a transaction that reads it. */
  readonly read: boolean;
}

interface Notes {
  readonly keyPolicies: Uint8Array[];
  readonly required: Map<string, boolean>;
}

const newNotes = (): Notes => ({ keyPolicies: [], required: new Map([['', false]]) });

/**
 * Collects the writes and reads of a simulation, like Fabric's ChaincodeInterest (core/endorser/endorser.go,
 * buildChaincodeInterest): a key with its own policy requires that one, any other write the policy of the chaincode
 * (collection `''`) or of the collection.
 */
export class TouchedPolicies {
  readonly #notes = new Map<string, Notes>();
  readonly #privateReads = new Map<string, Set<string>>();

  wrote(namespace: string, collection: string, metadata: Metadata | undefined): void {
    const notes = getOrAdd(this.#notes, namespace, newNotes);
    const policy = metadata?.get(validationParameter);
    if (policy) {
      notes.keyPolicies.push(policy);
    } else {
      notes.required.set(collection, true);
    }
  }

  readPrivate(namespace: string, collection: string): void {
    getOrAdd(this.#privateReads, namespace, () => new Set<string>()).add(collection);
  }

  /** Leaves out namespaces in `system` that were only read: reading them needs no endorsement. */
  result(sets: TxRwSet, system: ReadonlySet<string>): TouchedNamespace[] {
    const required = new Map([...this.#notes].map(([name, notes]) => [name, notes.required]));
    for (const { namespace } of sets) {
      getOrAdd(required, namespace, () => new Map([['', true]]));
    }
    for (const [namespace, collections] of this.#privateReads) {
      const needed = getOrAdd(required, namespace, () => new Map<string, boolean>());
      for (const collection of collections) needed.set(collection, true);
    }
    return [...required]
      .filter(([namespace]) => !system.has(namespace) || this.#notes.has(namespace))
      .map(([namespace, needs]) => this.#namespace(namespace, needs));
  }

  #namespace(namespace: string, needs: ReadonlyMap<string, boolean>): TouchedNamespace {
    const reads = this.#privateReads.get(namespace);
    return {
      namespace,
      keyPolicies: this.#notes.get(namespace)?.keyPolicies ?? [],
      chaincodePolicy: needs.get('') === true,
      collections: [...needs.keys()]
        .filter((collection) => collection !== '')
        .map((collection) => ({ collection, read: reads?.has(collection) === true })),
    };
  }
}
