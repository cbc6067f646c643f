import {
  buildResponsePayload,
  encodeChaincodeEvent,
  encodeTxRwSet,
  endorsementMessage,
  type ChaincodeResponse,
  type Endorsement,
  type ParsedSignedProposal,
  type Signer,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { ChaincodeHost, Executed } from '../chaincode/host.js';
import type { TransactionCall } from '../chaincode/invocation.js';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../logger.js';
import type { ChannelLedger, StateSnapshot } from '../ports.js';
import type { Collection } from '../simulate/collections.js';
import { withPrefix } from '../simulate/refused.js';
import { TransactionSimulator, type Simulation } from '../simulate/simulator.js';
import type { TouchedNamespace } from '../simulate/touched.js';
import type { AccessControl } from './access.js';
import type { Definitions } from './definitions.js';
import {
  checkProposal,
  checkTime,
  notEndorsed,
  readSignedProposal,
  type CheckedProposal,
} from './proposal.js';

/** Responses from this status on are refusals by the chaincode and are not endorsed (shim.ERRORTHRESHOLD). */
const errorThreshold = 400;
const error = 500;
/** Chaincodes that read from the block store and never take part in a transaction. */
const queryOnly = new Set(['qscc', 'cscc']);

const nothingSimulated: Simulation = { public: [], private: [], touched: [], privateReads: [] };

/** One department's endorsing peer. */
export interface PeerIdentity {
  readonly mspId: string;
  /** Serialized identity. */
  readonly identity: Uint8Array;
  readonly sign: Signer;
}

/** The result of simulating a proposal on one department's peer. */
export interface Simulated {
  readonly mspId: string;
  /** Every chaincode involved. */
  readonly chaincodes: readonly string[];
  readonly response: ChaincodeResponse;
  /** ProposalResponsePayload bytes; absent for status 400..499, where a peer gives none. */
  readonly payload?: Uint8Array;
  readonly endorsable: boolean;
  readonly touched: readonly TouchedNamespace[];
  readonly privateReads: readonly Collection[];
  readonly writes: Simulation['private'];
}

interface EndorserDependencies {
  readonly ledger: ChannelLedger;
  readonly access: AccessControl;
  readonly host: ChaincodeHost;
  readonly definitions: Definitions;
  readonly peers: ReadonlyMap<string, PeerIdentity>;
  readonly clock: Clock;
  readonly windowSeconds: number;
  readonly logger: Logger;
}

/** Checks proposals, simulates them and signs the results as the departments' peers (core/endorser/endorser.go). */
export class Endorser {
  readonly #dependencies: EndorserDependencies;

  constructor(dependencies: EndorserDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * All checks that Fabric makes before the simulation. @throws NetworkError ENDORSEMENT_REFUSED (malformed, expired,
   * outside the time window, bad signature, duplicate) or ACCESS_DENIED (not a writer).
   */
  async check(signedProposal: Uint8Array): Promise<CheckedProposal> {
    return this.checkRead(readSignedProposal(signedProposal));
  }

  /** {@link check} for a proposal that is already decoded. */
  async checkRead(signed: ParsedSignedProposal): Promise<CheckedProposal> {
    const { access, host, ledger } = this.#dependencies;
    const { proposal } = signed;
    checkTime(proposal, access, this.#dependencies);
    if (proposal.channel !== '' && proposal.channel !== ledger.channel) {
      throw notEndorsed(`channel '${proposal.channel}' not found`, {
        details: { channel: proposal.channel },
      });
    }
    const checked = await checkProposal(signed, access);
    if (proposal.channel === '') {
      return checked;
    }
    if (ledger.hasTransaction(proposal.transactionId)) {
      const creator = Buffer.from(proposal.creator).toString('hex');
      const text = `duplicate transaction found [${proposal.transactionId}]. Creator [${creator}]`;
      throw notEndorsed(text);
    }
    if (!host.isSystem(proposal.chaincode)) {
      access.checkChannel('peer/Propose', proposal.creator);
    }
    return checked;
  }

  /**
   * Simulates a checked proposal as the peer of `mspId`. Where a peer would answer with status 500, rejects with a
   * NetworkError with the peer's message.
   */
  async simulate(checked: CheckedProposal, mspId: string): Promise<Simulated> {
    const { proposal } = checked;
    if (proposal.channel === '' || queryOnly.has(proposal.chaincode)) {
      const call = this.#call(checked, mspId);
      const executed = await this.#execute(checked, call);
      return this.#answer(checked, call, executed, nothingSimulated, 'syscc');
    }
    const snapshot = this.#dependencies.ledger.snapshot();
    try {
      return await this.#simulateOn(snapshot, checked, mspId);
    } finally {
      await snapshot.close();
    }
  }

  /** Signs a response payload as the peer of `mspId`. */
  async sign(payload: Uint8Array, mspId: string): Promise<Endorsement> {
    const { identity, sign } = this.#peer(mspId);
    const signature = await sign(endorsementMessage(payload, identity));
    return { endorser: identity, signature };
  }

  async #simulateOn(
    snapshot: StateSnapshot,
    checked: CheckedProposal,
    mspId: string,
  ): Promise<Simulated> {
    const { definitions, host } = this.#dependencies;
    const { chaincode, transactionId: txId } = checked.proposal;
    const { system } = definitions;
    const options = { txId, peer: this.#peer(mspId).identity, system };
    const collections = definitions.collections(snapshot);
    const simulator = new TransactionSimulator(options, snapshot, collections);
    try {
      const call = this.#call(checked, mspId, simulator, snapshot);
      const version = host.isSystem(chaincode) ? 'syscc' : this.#definedVersion(call, checked);
      const executed = await this.#execute(checked, call);
      return this.#answer(checked, call, executed, simulator.finish(), version);
    } finally {
      await simulator.close();
    }
  }

  #definedVersion(call: TransactionCall, { proposal }: CheckedProposal): string {
    try {
      return this.#dependencies.definitions.endorsementInfo(call, proposal.chaincode).version;
    } catch (cause) {
      const advice = `make sure the chaincode ${proposal.chaincode} has been successfully defined on channel ${proposal.channel} and try again`;
      throw withPrefix(cause, `${advice}: `);
    }
  }

  async #execute(checked: CheckedProposal, call: TransactionCall): Promise<Executed> {
    try {
      return await this.#dependencies.host.execute(call, checked.proposal.chaincode, checked.input);
    } catch (cause) {
      throw withPrefix(cause, 'error in simulation: ');
    }
  }

  #call(
    checked: CheckedProposal,
    mspId: string,
    simulator?: TransactionSimulator,
    snapshot?: StateSnapshot,
  ): TransactionCall {
    const { proposal, signedProposal } = checked;
    return {
      channel: proposal.channel,
      txId: proposal.transactionId,
      signedProposal,
      creator: proposal.creator,
      calledChaincode: proposal.chaincode,
      mspId,
      invoked: new Set(),
      ...(simulator && snapshot ? { simulator, snapshot } : {}),
    };
  }

  #answer(
    { proposal, proposalBytes }: CheckedProposal,
    call: TransactionCall,
    executed: Executed,
    simulation: Simulation,
    version: string,
  ): Simulated {
    const { response } = executed;
    const endorsable = response.status < errorThreshold && proposal.channel !== '';
    const answer = {
      mspId: call.mspId,
      chaincodes: [...call.invoked],
      response,
      endorsable,
      touched: simulation.touched,
      privateReads: simulation.privateReads,
      writes: simulation.private,
    };
    if (!endorsable && response.status < error) {
      return answer;
    }
    const payload = buildResponsePayload({
      proposalBytes,
      results: encodeTxRwSet(simulation.public),
      events: eventBytes(executed),
      response,
      chaincode: { name: proposal.chaincode, version },
    });
    return { ...answer, payload };
  }

  #peer(mspId: string): PeerIdentity {
    const peer = this.#dependencies.peers.get(mspId);
    if (!peer) {
      throw noPeerHere(mspId);
    }
    return peer;
  }
}

export const noPeerHere = (mspId: string): NetworkError =>
  new NetworkError('IDENTITY_UNKNOWN', {
    zh: `此处没有 ${mspId} 的对等节点。`,
    en: `no peer of ${mspId} runs here`,
  });

/** A refusing chaincode has no event. */
function eventBytes({ response, event }: Executed): Uint8Array | undefined {
  return response.status < errorThreshold && event ? encodeChaincodeEvent(event) : undefined;
}
