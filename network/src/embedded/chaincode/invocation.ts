import type { peer } from '@hyperledger/fabric-protos';
import type { StateSnapshot } from '../ports.js';
import type { Permission } from '../simulate/collections.js';
import type { TransactionSimulator } from '../simulate/simulator.js';
import type { ChaincodeMessage } from './messages.js';
import type { OpenQueries } from './open-queries.js';

/** The proposal being executed; shared by all chaincodes that one transaction calls. */
export interface TransactionCall {
  /** Empty for a proposal without a channel. */
  readonly channel: string;
  readonly txId: string;
  readonly signedProposal: peer.SignedProposal;
  /** Serialized identity of the client. */
  readonly creator: Uint8Array;
  /** Chaincode name in the proposal's header: the one that the client called. */
  readonly calledChaincode: string;
  /** The department whose peer executes. */
  readonly mspId: string;
  /** Names of the chaincodes involved so far. */
  readonly invoked: Set<string>;
  /** Absent without a channel and for query-only chaincodes (qscc, cscc), as is `snapshot`. */
  readonly simulator?: TransactionSimulator;
  /** The state that the simulator reads; reads made here are not recorded in the read set. */
  readonly snapshot?: StateSnapshot;
}

/** Calls another chaincode inside the same transaction; gives the called chaincode's last message. */
type InvokeChaincode = (name: string, input: peer.ChaincodeInput) => Promise<ChaincodeMessage>;

/** One chaincode executing one transaction (core/chaincode/transaction_context.go). */
export interface Invocation {
  readonly call: TransactionCall;
  /** The call's; absent where that has none. */
  readonly simulator: TransactionSimulator | undefined;
  readonly namespace: string;
  readonly isInit: boolean;
  readonly queries: OpenQueries;
  readonly permissions: Map<string, Permission>;
  readonly invoke: InvokeChaincode;
}
