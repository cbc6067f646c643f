import type { Endorsement } from '@yici/ledger';
import { toError } from '../../to-error.js';
import type { Definitions } from './definitions.js';
import type { Endorser, PeerIdentity, Simulated } from './endorser.js';
import { EndorserPlans } from './planner.js';
import { notEndorsed, type CheckedProposal } from './proposal.js';

/** `_lifecycle` results differ between peers: each reads its own department's approvals. */
const perDepartment = new Set(['_lifecycle']);

/** A department whose peer would not endorse, and why. */
interface Refusal {
  readonly mspId: string;
  readonly message: string;
}

interface Endorsed {
  readonly payload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
}

export type Collected =
  | { readonly kind: 'endorsed'; readonly endorsed: Endorsed }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

interface CollectorDependencies {
  readonly endorser: Endorser;
  readonly definitions: Definitions;
  readonly peers: ReadonlyMap<string, PeerIdentity>;
  /** Whether both departments' peers use the same process for this chaincode. */
  readonly shareProcess: (chaincode: string, left: string, right: string) => boolean;
  /** Resolves when the writes are durable. */
  readonly keepPrivate: (txId: string, writes: Simulated['writes']) => Promise<void>;
}

/**
 * Collects endorsements of several departments. A proposal is simulated once; the other departments sign the same
 * result if their simulation would be identical, otherwise they simulate it themselves.
 */
export class EndorsementCollector {
  readonly #dependencies: CollectorDependencies;
  readonly #plans = new EndorserPlans();

  constructor(dependencies: CollectorDependencies) {
    this.#dependencies = dependencies;
  }

  /** Asks each of these departments; a single refusal fails the whole call. */
  async fromAll(
    checked: CheckedProposal,
    first: Simulated,
    mspIds: readonly string[],
  ): Promise<Collected> {
    const payload = first.payload ?? new Uint8Array(0);
    const asked = mspIds.map((mspId) => this.#ask(checked, first, payload, mspId));
    const answers = await Promise.all(asked);
    const refusals = answers.flatMap((answer) => ('message' in answer ? [answer] : []));
    if (refusals.length > 0) {
      return { kind: 'refused', refusals };
    }
    await this.#dependencies.keepPrivate(checked.proposal.transactionId, first.writes);
    const endorsements = answers.flatMap((answer) => ('endorser' in answer ? [answer] : []));
    return { kind: 'endorsed', endorsed: { payload, endorsements } };
  }

  /**
   * The fewest departments, `own` first, that satisfy every policy the simulation touched, among those that have the
   * chaincodes and the private data. Undefined when no set satisfies them. @throws NetworkError CHAINCODE_FAILED when a
   * policy cannot be found.
   */
  plan(first: Simulated, own: string, protectTransient: boolean): readonly string[] | undefined {
    const { definitions, peers } = this.#dependencies;
    const policies = definitions.policies(touchedBy(first));
    const holders = this.#holders(first, protectTransient);
    const others = [...peers.keys()].filter((mspId) => mspId !== own);
    const candidates = [own, ...others].filter(
      (mspId) => holders(mspId) && definitions.canRun(first.chaincodes, mspId),
    );
    return this.#plans.plan(policies, candidates);
  }

  #holders(first: Simulated, protectTransient: boolean): (mspId: string) => boolean {
    const { definitions, peers } = this.#dependencies;
    const written = protectTransient ? definitions.writtenCollections(first.touched) : [];
    const collections = [...first.privateReads, ...written];
    return (mspId) => {
      const peer = peers.get(mspId);
      return peer !== undefined && collections.every((held) => held.isMember(peer.identity));
    };
  }

  async #ask(
    checked: CheckedProposal,
    first: Simulated,
    payload: Uint8Array,
    mspId: string,
  ): Promise<Endorsement | Refusal> {
    const { endorser } = this.#dependencies;
    try {
      if (mspId !== first.mspId) {
        await this.#agree(checked, first, payload, mspId);
      }
      return await endorser.sign(payload, mspId);
    } catch (error) {
      return { mspId, message: toError(error).message };
    }
  }

  async #agree(
    checked: CheckedProposal,
    first: Simulated,
    payload: Uint8Array,
    mspId: string,
  ): Promise<void> {
    if (this.#sameResult(first, mspId)) {
      return;
    }
    const again = await this.#dependencies.endorser.simulate(checked, mspId);
    const refusal = refusalOf(again);
    if (refusal !== undefined) {
      throw notEndorsed(refusal);
    }
    if (!again.payload || Buffer.compare(again.payload, payload) !== 0) {
      throw notEndorsed('ProposalResponsePayloads do not match');
    }
  }

  #sameResult(first: Simulated, mspId: string): boolean {
    const { peers, shareProcess } = this.#dependencies;
    const peer = peers.get(mspId);
    return (
      peer !== undefined &&
      first.privateReads.every((collection) => collection.isMember(peer.identity)) &&
      // Both peers can run what they share.
      first.chaincodes.every(
        (name) => !perDepartment.has(name) && shareProcess(name, first.mspId, mspId),
      )
    );
  }
}

/** A transaction without reads and writes falls under the policy of the called chaincode. */
function touchedBy({ touched, chaincodes }: Simulated): Simulated['touched'] {
  const [called] = chaincodes;
  if (touched.length > 0 || called === undefined) {
    return touched;
  }
  return [{ namespace: called, keyPolicies: [], chaincodePolicy: true, collections: [] }];
}

/** Why a response is not an endorsement, in the wording of Fabric's gateway; undefined when it is one. */
export function refusalOf({ response, endorsable }: Simulated): string | undefined {
  if (endorsable && response.status >= 200) {
    return undefined;
  }
  return `chaincode response ${response.status}, ${response.message}`;
}
