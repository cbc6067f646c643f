import { status } from '@grpc/grpc-js';
import { PeerFailureError, type PeerFailureDetail } from '../failures.js';
import { isUnreached } from './failure.js';
import type { SdkClient, SdkNode } from './sdk.js';

/** Address of a peer or orderer and how to authenticate it. */
export interface NodeAddress {
  /** grpcs://host:port */
  readonly url: string;
  readonly tlsCaPem: string;
  readonly hostnameOverride?: string;
  readonly tlsClient?: { readonly certificatePem: string; readonly keyPem: string };
}

/** Time after which a node that did not answer is tried again, in milliseconds; calls do not wait for it. */
const restAfterFailure = 1_000;

const mebibyte = 1024 * 1024;
const connectionOptions = {
  'grpc-wait-for-ready-timeout': 3_000,
  // 100 MB is Fabric's own limit for blocks (core.yaml peer.maxRecvMsgSize).
  'grpc.max_receive_message_length': 100 * mebibyte,
  'grpc.max_send_message_length': 100 * mebibyte,
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

/** One connection of the SDK: opened when first needed and reopened when it broke, once for all concurrent callers. */
export class Node<T extends SdkNode> {
  readonly mspId: string;
  readonly address: string;
  readonly #sdk: T;
  #checking: Promise<boolean> | undefined;
  /** When it last did not answer. */
  #absentSince: number | undefined;

  constructor(sdk: T, client: SdkClient, mspId: string, address: NodeAddress) {
    this.mspId = mspId;
    this.address = address.url.replace(/^grpcs?:\/\//, '');
    this.#sdk = sdk;
    sdk.setEndpoint(client.newEndpoint(endpointOptions(address)));
  }

  /** The connected node. @throws PeerFailureError UNAVAILABLE, without delay while it is known not to answer */
  async ready(): Promise<T> {
    if (this.#absentSince === undefined) {
      if (await this.#check()) return this.#sdk;
    } else if (performance.now() - this.#absentSince > restAfterFailure) {
      void this.#check();
    }
    throw this.#absent();
  }

  /** This node's message, in the format of the gateway service. */
  detail(message: string): PeerFailureDetail {
    return { address: this.address, mspId: this.mspId, message };
  }

  close(): void {
    this.#sdk.disconnect();
  }

  begin(): void {
    if (this.#absentSince === undefined) void this.#check();
  }

  #check(): Promise<boolean> {
    this.#checking ??= this.#sdk
      .checkConnection()
      .catch(() => false)
      .then((answers) => {
        this.#checking = undefined;
        this.#absentSince = answers ? undefined : performance.now();
        return answers;
      });
    return this.#checking;
  }

  #absent(): PeerFailureError {
    const text = `${this.address} does not answer`;
    return new PeerFailureError(status.UNAVAILABLE, text, [this.detail(text)]);
  }
}

function endpointOptions(address: NodeAddress): Record<string, unknown> {
  const { url, tlsCaPem, hostnameOverride, tlsClient } = address;
  return {
    ...connectionOptions,
    url,
    pem: tlsCaPem,
    ...(hostnameOverride === undefined ? {} : { 'ssl-target-name-override': hostnameOverride }),
    ...(tlsClient === undefined
      ? {}
      : { clientCert: tlsClient.certificatePem, clientKey: tlsClient.keyPem }),
  };
}

/**
 * Limits the time of one call. The SDK's own time-outs have no status and do not cover every way a call can hang, so
 * this limit is shorter. @throws PeerFailureError DEADLINE_EXCEEDED
 */
export function withDeadline<T>(milliseconds: number, what: string, call: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new PeerFailureError(status.DEADLINE_EXCEEDED, `${what} did not answer in time`)),
      milliseconds,
    );
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Tries one node after the other until one is reached; the answer of a reached node is final. */
export async function firstReached<T extends SdkNode, R>(
  nodes: readonly Node<T>[],
  ask: (node: Node<T>) => Promise<R>,
): Promise<R> {
  let failure = new PeerFailureError(status.UNAVAILABLE, 'no node is configured for this');
  for (const node of nodes) {
    try {
      return await ask(node);
    } catch (error) {
      if (!(error instanceof PeerFailureError) || !isUnreached(error)) throw error;
      failure = error;
      // The next ones may be unavailable too: start connecting to all of them at once.
      for (const other of nodes) other.begin();
    }
  }
  throw failure;
}
