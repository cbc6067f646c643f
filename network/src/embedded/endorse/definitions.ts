import {
  approvalName,
  chaincodeDefinition,
  CHAINCODE_SOURCES,
  collectionPolicy,
  compileSignaturePolicy,
  decodeSignaturePolicy,
  fieldKey,
  hashKey,
  implicitCollection,
  implicitCollectionOf,
  LIFECYCLE_NAMESPACE,
  localPackageStructure,
  NAMESPACES,
  parametersStructure,
  sha256,
  structureMismatches,
  validationInfo,
  type ChaincodeDefinition,
  type Collection as CollectionConfig,
  type Policy,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { getOrAdd } from '../../get-or-add.js';
import type { EndorsementInfo } from '../chaincode/host.js';
import type { TransactionCall } from '../chaincode/invocation.js';
import type { ChannelLedger, StateSnapshot } from '../ports.js';
import type { Collection, CollectionLookup } from '../simulate/collections.js';
import { chaincodeFailed } from '../simulate/refused.js';
import type { TouchedNamespace } from '../simulate/touched.js';
import type { AccessControl } from './access.js';
import { sequenceKey, sequenceOf } from './sequence.js';

const packageField = 'PackageID';

/** The chaincode packages that the departments' peers can run. */
export interface Packages {
  /** Grows when a package is installed. */
  readonly revision: number;
  /** Whether two departments' peers use one process for a package. */
  share(packageId: string, left: string, right: string): boolean;
  /** Package ids of the department's peer. */
  of(mspId: string): Iterable<string>;
}

interface DefinitionsDependencies {
  readonly ledger: ChannelLedger;
  readonly access: AccessControl;
  readonly packages: Packages;
  /** Names of the chaincodes that are part of the peer. */
  readonly system: ReadonlySet<string>;
  /** The departments whose peers run in this process. */
  readonly mspIds: readonly string[];
}

/** Cached results between two changes of definitions, config or packages. */
const noAnswers = (definedAt: bigint, revision: number) => ({
  definedAt,
  revision,
  byQuestion: new Map<string, boolean>(),
  policies: new Map<string, readonly Policy[]>(),
});
type Answers = Readonly<ReturnType<typeof noAnswers>>;

interface Known<Value> {
  readonly mark: string;
  readonly value: Value;
}

/**
 * The chaincodes defined on the channel: which departments' peers can run them, their collections, and the policies for
 * their writes (core/chaincode/lifecycle/endorsement_info.go, deployedcc_infoprovider.go).
 */
export class Definitions {
  readonly system: ReadonlySet<string>;
  readonly #dependencies: DefinitionsDependencies;
  readonly #definitions = new Map<string, Known<ChaincodeDefinition>>();
  readonly #infos = new Map<string, Known<EndorsementInfo>>();
  readonly #collections = new WeakMap<CollectionConfig, Collection>();
  readonly #implicit = new Map<string, CollectionConfig>();
  #answers: Answers = noAnswers(-1n, -1);

  constructor(dependencies: DefinitionsDependencies) {
    this.#dependencies = dependencies;
    this.system = dependencies.system;
  }

  /** What a peer needs to run a chaincode, read through the call's simulator. @throws NetworkError CHAINCODE_FAILED */
  endorsementInfo(call: TransactionCall, chaincode: string): EndorsementInfo {
    const { simulator, snapshot } = call;
    if (!simulator || !snapshot) {
      throw chaincodeFailed(`chaincode ${chaincode} needs a channel`);
    }
    // The read is part of the transaction: it becomes invalid when the definition changes before it commits.
    simulator.getState(LIFECYCLE_NAMESPACE, sequenceKey(chaincode));
    return this.#info(snapshot, chaincode, call.mspId);
  }

  /** The departments, `own` first, whose peers can run the chaincode now; limited to `wanted` unless that is empty. */
  runners(chaincode: string, own: string, wanted: readonly string[]): readonly string[] {
    const { mspIds } = this.#dependencies;
    const among = wanted.length === 0 ? mspIds : mspIds.filter((mspId) => wanted.includes(mspId));
    const ordered = [...among].sort((left, right) => rank(left, own) - rank(right, own));
    return ordered.filter((mspId) => this.canRun([chaincode], mspId));
  }

  /** Whether the channel has a definition of the chaincode. */
  isDefined(chaincode: string): boolean {
    return this.#onSnapshot((snapshot) => this.#definition(snapshot, chaincode) !== undefined);
  }

  /** Whether the department's peer can run all these chaincodes now. */
  canRun(chaincodes: readonly string[], mspId: string): boolean {
    return chaincodes.every(
      (name) =>
        this.system.has(name) ||
        this.#answer(`run ${name} ${mspId}`, (snapshot) => {
          this.#info(snapshot, name, mspId);
          return true;
        }),
    );
  }

  /** Whether both departments' peers run the chaincode in the same process. */
  shareProcess(chaincode: string, left: string, right: string): boolean {
    return (
      this.system.has(chaincode) ||
      this.#answer(`share ${chaincode} ${left} ${right}`, (snapshot) => {
        const { packageId } = this.#info(snapshot, chaincode, left);
        const other = this.#info(snapshot, chaincode, right);
        const { packages } = this.#dependencies;
        return packageId === other.packageId && packages.share(packageId, left, right);
      })
    );
  }

  /** Collections by chaincode, with the reads that Fabric makes when private data is accessed. */
  collections(snapshot: StateSnapshot): CollectionLookup {
    return (namespace, read) => {
      const definition = this.#definition(snapshot, namespace);
      if (namespace !== LIFECYCLE_NAMESPACE) {
        recordReads(namespace, definition !== undefined, read);
      }
      return definition && this.views(definition.collections);
    };
  }

  /** Explicit collections and the implicit ones of the channel's departments, by name. */
  views(explicit: readonly CollectionConfig[]): ReadonlyMap<string, Collection> {
    const organizations = this.#dependencies.ledger.config().application?.organizations ?? [];
    const implicit = organizations.map(({ mspId }) =>
      getOrAdd(this.#implicit, mspId, implicitCollectionOf),
    );
    return new Map([...explicit, ...implicit].map((one) => [one.name, this.#view(one)]));
  }

  /** The policies that a transaction with these accesses must satisfy. @throws NetworkError CHAINCODE_FAILED */
  policies(touched: readonly TouchedNamespace[]): readonly Policy[] {
    const read = () =>
      this.#onSnapshot((snapshot) => touched.flatMap((one) => this.#policiesOf(snapshot, one)));
    if (touched.some(({ keyPolicies }) => keyPolicies.length > 0)) return read();
    return getOrAdd(this.#current().policies, JSON.stringify(touched), read);
  }

  /** The collections that were written or read. */
  writtenCollections(touched: readonly TouchedNamespace[]): readonly Collection[] {
    return this.#onSnapshot((snapshot) =>
      touched.flatMap(({ namespace, collections }) => {
        const definition = this.#definition(snapshot, namespace);
        const views = definition && this.views(definition.collections);
        return collections.flatMap(({ collection }) => views?.get(collection) ?? []);
      }),
    );
  }

  #onSnapshot<Result>(read: (snapshot: StateSnapshot) => Result): Result {
    const snapshot = this.#dependencies.ledger.snapshot();
    try {
      return read(snapshot);
    } finally {
      void snapshot.close();
    }
  }

  /** Whether a condition is true, a refusal meaning no; cached until the next definition, config or installation. */
  #answer(question: string, ask: (snapshot: StateSnapshot) => boolean): boolean {
    return getOrAdd(this.#current().byQuestion, question, () =>
      this.#onSnapshot((snapshot) => unlessRefused(() => ask(snapshot))),
    );
  }

  /** The cache since the newest definition or config and the newest installation. */
  #current(): Answers {
    const { ledger, packages } = this.#dependencies;
    const { definedAt, revision } = this.#answers;
    if (definedAt !== ledger.definedAt || revision !== packages.revision) {
      this.#answers = noAnswers(ledger.definedAt, packages.revision);
    }
    return this.#answers;
  }

  #policiesOf(snapshot: StateSnapshot, touched: TouchedNamespace): Policy[] {
    const { namespace, keyPolicies, chaincodePolicy, collections } = touched;
    const config = this.#dependencies.ledger.config();
    const definition = this.#definition(snapshot, namespace);
    if (!definition) {
      const text = `No metadata was found for chaincode ${namespace} in channel ${config.channelId}`;
      throw chaincodeFailed(text);
    }
    const ofKeys = keyPolicies.map((bytes) => compileSignaturePolicy(decodeSignaturePolicy(bytes)));
    const applications = collections.map(({ collection }) => {
      const found = collectionPolicy(config, definition, collection);
      if (found.kind === 'unknown') {
        throw chaincodeFailed(found.reason);
      }
      return found.policy;
    });
    if (chaincodePolicy) {
      applications.push(validationInfo(config, namespace, definition).policy);
    }
    return [...ofKeys, ...applications.map((bytes) => config.applicationPolicy(bytes))];
  }

  #definition(snapshot: StateSnapshot, name: string): ChaincodeDefinition | undefined {
    const stored = snapshot.get(LIFECYCLE_NAMESPACE, sequenceKey(name));
    const mark = stored ? `${String(stored.version.block)}:${stored.version.tx}` : '';
    const known = this.#definitions.get(name);
    if (known?.mark === mark) {
      return known.value;
    }
    const value = chaincodeDefinition(snapshot, name);
    if (value) {
      this.#definitions.set(name, { mark, value });
    }
    return value;
  }

  #info(snapshot: StateSnapshot, chaincode: string, mspId: string): EndorsementInfo {
    const stored = snapshot.get(LIFECYCLE_NAMESPACE, sequenceKey(chaincode));
    const sequence = sequenceOf(stored?.value);
    if (sequence === 0) {
      throw chaincodeFailed(`chaincode ${chaincode} not found`);
    }
    const approval = approvalName(chaincode, sequence);
    const hashOf = approvedHashes(snapshot, mspId);
    const packageHash = hashOf(fieldKey(CHAINCODE_SOURCES, approval, packageField));
    const mark = `${sequence}:${hex(packageHash)}`;
    const id = `${mspId}/${chaincode}`;
    const known = this.#infos.get(id);
    if (known?.mark === mark) {
      return known.value;
    }
    const definition = this.#definition(snapshot, chaincode);
    const approved =
      definition &&
      structureMismatches(hashOf, NAMESPACES, approval, parametersStructure(definition));
    if (!definition || approved?.length !== 0) {
      throw chaincodeFailed(
        `chaincode definition for '${chaincode}' at sequence ${sequence} on channel '${this.#dependencies.ledger.channel}' has not yet been approved by this org`,
      );
    }
    const packageId = this.#installed(mspId, packageHash);
    if (packageId === undefined) {
      throw chaincodeFailed(
        `chaincode definition for '${chaincode}' exists, but chaincode is not installed`,
      );
    }
    const { version, initRequired } = definition;
    const value = { version, initRequired, packageId };
    this.#infos.set(id, { mark, value });
    return value;
  }

  #installed(mspId: string, packageHash: Uint8Array | undefined): string | undefined {
    for (const packageId of this.#dependencies.packages.of(mspId)) {
      const [field] = localPackageStructure(packageId).fields;
      if (field && hex(sha256(field[1])) === hex(packageHash)) {
        return packageId;
      }
    }
    return undefined;
  }

  #view(config: CollectionConfig): Collection {
    return getOrAdd(this.#collections, config, ({ name, memberOnlyRead, memberOnlyWrite }) => {
      const members = compileSignaturePolicy(decodeSignaturePolicy(config.memberPolicy));
      const isMember = (bytes: Uint8Array) => {
        const identity = this.#dependencies.access.identity(bytes);
        return members.evaluate([{ identity, bytes }]).satisfied;
      };
      return { name, memberOnlyRead, memberOnlyWrite, isMember };
    });
  }
}

/** The keys that `ChaincodeDefinitionIfDefined` reads (core/chaincode/lifecycle/lifecycle.go). */
function recordReads(
  chaincode: string,
  defined: boolean,
  read: (namespace: string, key: string) => unknown,
): void {
  read(LIFECYCLE_NAMESPACE, `${NAMESPACES}/metadata/${chaincode}`);
  if (defined) {
    for (const field of ['Sequence', 'EndorsementInfo', 'ValidationInfo', 'Collections']) {
      read(LIFECYCLE_NAMESPACE, fieldKey(NAMESPACES, chaincode, field));
    }
  }
}

function approvedHashes(
  snapshot: StateSnapshot,
  mspId: string,
): (key: string) => Uint8Array | undefined {
  const collection = implicitCollection(mspId);
  return (key) => snapshot.getHash(LIFECYCLE_NAMESPACE, collection, hashKey(key))?.valueHash;
}

function unlessRefused(ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NetworkError) {
      return false;
    }
    throw error;
  }
}

function rank(mspId: string, own: string): number {
  return mspId === own ? 0 : 1;
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? new Uint8Array(0)).toString('hex');
}
