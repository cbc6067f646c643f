import { status } from '@grpc/grpc-js';
import type { PeerFailureDetail } from '../port.js';
import { AdapterFailure, isUnreached } from './failure.js';
import type { SdkClient, SdkNode } from './sdk.js';

/** Where a peer or orderer is and how to know it. */
export interface NodeAddress {
  /** grpcs://host:port */
  readonly url: string;
  readonly tlsCaPem: string;
  readonly hostnameOverride?: string;
  readonly tlsClient?: { readonly certificatePem: string; readonly keyPem: string };
}

/** A node that did not answer is tried again after this long, in ms; no call waits for that. */
const restAfterFailure = 1_000;

const mebibyte = 1024 * 1024;
const connectionOptions = {
  'grpc-wait-for-ready-timeout': 3_000,
  // Blocks of 100 MB are Fabric's own ceiling (core.yaml peer.maxRecvMsgSize).
  'grpc.max_receive_message_length': 100 * mebibyte,
  'grpc.max_send_message_length': 100 * mebibyte,
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

/** One connection of the SDK: made when first needed, made again when it broke, by one caller for all. */
export class Node<T extends SdkNode> {
  readonly mspId: string;
  /** host:port */
  readonly address: string;
  readonly #sdk: T;
  #checking: Promise<boolean> | undefined;
  /** When it was last found not to answer. */
  #absentSince: number | undefined;

  constructor(sdk: T, client: SdkClient, mspId: string, address: NodeAddress) {
    this.mspId = mspId;
    this.address = address.url.replace(/^grpcs?:\/\//, '');
    this.#sdk = sdk;
    sdk.setEndpoint(client.newEndpoint(endpointOptions(address)));
  }

  /** The connected node. @throws AdapterFailure UNAVAILABLE, at once while it is known not to answer */
  async ready(): Promise<T> {
    if (this.#absentSince === undefined) {
      if (await this.#check()) return this.#sdk;
    } else if (performance.now() - this.#absentSince > restAfterFailure) {
      void this.#check();
    }
    throw this.#absent();
  }

  /** What this node said, as the gateway service would report it. */
  detail(message: string): PeerFailureDetail {
    return { address: this.address, mspId: this.mspId, message };
  }

  close(): void {
    this.#sdk.disconnect();
  }

  /** Begins to connect, for whoever will ask. */
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

  #absent(): AdapterFailure {
    const text = `${this.address} does not answer`;
    return new AdapterFailure(status.UNAVAILABLE, text, [this.detail(text)]);
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
 * Waits for one call. The SDK's own time-outs are plain sentences and do not cover every way a call can hang, so ours
 * comes first. @throws AdapterFailure DEADLINE_EXCEEDED
 */
export function withDeadline<T>(milliseconds: number, what: string, call: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new AdapterFailure(status.DEADLINE_EXCEEDED, `${what} did not answer in time`));
    }, milliseconds);
    call.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** Asks one node after the other until one is reached; what a node that was reached says is final. */
export async function firstReached<T extends SdkNode, R>(
  nodes: readonly Node<T>[],
  ask: (node: Node<T>) => Promise<R>,
): Promise<R> {
  let failure = new AdapterFailure(status.UNAVAILABLE, 'no node is configured for this');
  for (const node of nodes) {
    try {
      return await ask(node);
    } catch (error) {
      if (!(error instanceof AdapterFailure) || !isUnreached(error)) throw error;
      failure = error;
      // The next one may be away too: the waiting goes on for all of them at once.
      for (const other of nodes) other.begin();
    }
  }
  throw failure;
}
