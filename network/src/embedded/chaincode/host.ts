import type { peer } from '@hyperledger/fabric-protos';
import {
  decodeResponse,
  encodeResponse,
  type ChaincodeEvent,
  type ChaincodeResponse,
} from '@yici/ledger';
import { chaincodeFailed, refused, withPrefix } from '../simulate/refused.js';
import type { ChaincodeConnection } from './connection.js';
import type { Invocation, TransactionCall } from './invocation.js';
import { chaincodeMessage, messageType, type ChaincodeMessage } from './messages.js';
import { OpenQueries } from './open-queries.js';

/** Key that records which chaincode version has been initialised (core/chaincode/chaincode_support.go). */
const initializedKey = '\u0000\u{10FFFF}initialized';

/** What a department's peer needs to run a chaincode. */
export interface EndorsementInfo {
  readonly version: string;
  readonly initRequired: boolean;
  readonly packageId: string;
}

/** A chaincode that is part of the peer. */
export type SystemChaincode = (
  call: TransactionCall,
  args: readonly Uint8Array[],
) => Promise<ChaincodeResponse>;

interface HostDependencies {
  readonly system: ReadonlyMap<string, SystemChaincode>;
  /** Reads the definition through the call's simulator; throws when this peer cannot run the chaincode. */
  readonly endorsementInfo: (call: TransactionCall, chaincode: string) => EndorsementInfo;
  /** The connection of this department's peer to the process of that package. */
  readonly connection: (mspId: string, packageId: string) => ChaincodeConnection;
}

export interface Executed {
  readonly response: ChaincodeResponse;
  readonly event?: ChaincodeEvent;
}

/** Runs chaincodes by name: system chaincodes in this process, all others in their own. */
export class ChaincodeHost {
  readonly #dependencies: HostDependencies;

  constructor(dependencies: HostDependencies) {
    this.#dependencies = dependencies;
  }

  isSystem(chaincode: string): boolean {
    return this.#dependencies.system.has(chaincode);
  }

  /**
   * Runs the chaincode that the client called. A response of any status is a result; what Fabric reports as a failed
   * execution rejects with NetworkError CHAINCODE_FAILED, CHAINCODE_UNAVAILABLE or SIMULATION_REFUSED.
   */
  async execute(
    call: TransactionCall,
    chaincode: string,
    input: peer.ChaincodeInput,
  ): Promise<Executed> {
    let message: ChaincodeMessage;
    let response: ChaincodeResponse | undefined;
    try {
      message = await this.#invoke(call, chaincode, input);
      // The chaincode's message may be malformed.
      if (message.getType() !== messageType.ERROR) {
        response = decodeResponse(message.getPayload_asU8());
      }
    } catch (error) {
      throw withPrefix(error, `failed to execute transaction ${call.txId}: `);
    }
    if (response === undefined) {
      const text = Buffer.from(message.getPayload_asU8()).toString();
      throw chaincodeFailed(`transaction returned with failure: ${text}`);
    }
    const event = message.getChaincodeEvent();
    if (!event) {
      return { response };
    }
    const eventName = event.getEventName();
    const payload = event.getPayload_asU8();
    return { response, event: { chaincodeId: chaincode, txId: call.txId, eventName, payload } };
  }

  async #invoke(
    call: TransactionCall,
    chaincode: string,
    input: peer.ChaincodeInput,
  ): Promise<ChaincodeMessage> {
    call.invoked.add(chaincode);
    const builtIn = this.#dependencies.system.get(chaincode);
    if (builtIn) {
      return completed(call, await builtIn(call, input.getArgsList_asU8()));
    }
    const { packageId, isInit } = this.#checkInvocation(call, chaincode, input);
    const message = chaincodeMessage({
      type: isInit ? messageType.INIT : messageType.TRANSACTION,
      payload: input.serializeBinary(),
      txId: call.txId,
      channel: call.channel,
    });
    const connection = this.#dependencies.connection(call.mspId, packageId);
    try {
      return await connection.execute(message, this.#invocation(call, chaincode, isInit));
    } catch (error) {
      throw withPrefix(error, 'error sending: ');
    }
  }

  #invocation(call: TransactionCall, namespace: string, isInit: boolean): Invocation {
    return {
      call,
      simulator: call.simulator,
      namespace,
      isInit,
      queries: new OpenQueries(),
      permissions: new Map(),
      invoke: async (name, input) => {
        try {
          return await this.#invoke(call, name, input);
        } catch (error) {
          throw withPrefix(error, 'execute failed: ');
        }
      },
    };
  }

  /** Enforces one initialisation per version where the definition requires it. */
  #checkInvocation(
    call: TransactionCall,
    chaincode: string,
    input: peer.ChaincodeInput,
  ): { packageId: string; isInit: boolean } {
    const info = this.#endorsementInfo(call, chaincode);
    const needed = info.initRequired && !isInitialized(call, chaincode, info.version);
    if (!input.getIsInit()) {
      if (needed) {
        const text = `chaincode '${chaincode}' has not been initialized for this version, must call as init first`;
        throw refused(`invalid invocation: ${text}`);
      }
      return { packageId: info.packageId, isInit: false };
    }
    if (!needed) {
      const why = info.initRequired ? 'is already initialized' : 'does not require initialization';
      throw refused(`invalid invocation: chaincode '${chaincode}' ${why} but called as init`);
    }
    call.simulator?.setState(chaincode, initializedKey, Buffer.from(info.version));
    return { packageId: info.packageId, isInit: true };
  }

  #endorsementInfo(call: TransactionCall, chaincode: string): EndorsementInfo {
    try {
      return this.#dependencies.endorsementInfo(call, chaincode);
    } catch (error) {
      const where = `[channel ${call.channel}] failed to get chaincode container info for ${chaincode}`;
      throw withPrefix(error, `invalid invocation: ${where}: `);
    }
  }
}

function isInitialized(call: TransactionCall, chaincode: string, version: string): boolean {
  const value = call.simulator?.getState(chaincode, initializedKey);
  return value !== undefined && Buffer.from(value).toString() === version;
}

function completed(call: TransactionCall, response: ChaincodeResponse): ChaincodeMessage {
  const { txId, channel } = call;
  const payload = encodeResponse(response);
  return chaincodeMessage({ type: messageType.COMPLETED, payload, txId, channel });
}
