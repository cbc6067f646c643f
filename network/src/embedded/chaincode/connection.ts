import { setTimeout as delay } from 'node:timers/promises';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { NetworkError, quoted } from '../../errors.js';
import { grpcLimits } from '../../grpc-options.js';
import type { ChaincodeTls } from '../../lifecycle/chaincode-tls.js';
import type { Logger } from '../../logger.js';
import { toError } from '../../to-error.js';
import type { Invocation } from './invocation.js';
import type { ChaincodeMessage } from './messages.js';
import { ChaincodeSession, type SessionOptions } from './session.js';

const firstBackoffMs = 50;
const lastBackoffMs = 5_000;

export interface ConnectionOptions extends SessionOptions {
  /** `host:port` of the chaincode server. */
  readonly address: string;
  readonly tls?: ChaincodeTls | undefined;
  /** Time that a transaction waits for an absent chaincode. */
  readonly dialTimeoutMs: number;
}

/**
 * Connection of a department's peer to a chaincode-as-a-service process. The peer dials; after the end of a stream it
 * dials again with growing pauses until `close`.
 */
export class ChaincodeConnection {
  readonly #options: ConnectionOptions;
  readonly #logger: Logger;
  readonly #client: peer.ChaincodeClient;
  readonly #closing = new AbortController();
  #session: Promise<ChaincodeSession>;
  /** The newest session, registered or not. */
  #dialled: ChaincodeSession | undefined;
  /** Why the newest dial failed. */
  #refusal = 'nothing listens there';
  /** The registered session, if any: transactions then need not wait. */
  #registered: ChaincodeSession | undefined;

  constructor(options: ConnectionOptions, dependencies: { readonly logger: Logger }) {
    this.#options = options;
    this.#logger = dependencies.logger;
    if (options.tls === undefined) {
      const { address, packageId } = options;
      const text =
        'no TLS to the chaincode: whoever listens at its address answers for it, and decides what this peer endorses';
      this.#logger.warn({ address, packageId }, text);
    }
    this.#client = new peer.ChaincodeClient(options.address, credentialsOf(options.tls), {
      ...grpcLimits,
      // The gRPC channel's own back-off must not exceed ours.
      'grpc.initial_reconnect_backoff_ms': firstBackoffMs,
      'grpc.min_reconnect_backoff_ms': firstBackoffMs,
      'grpc.max_reconnect_backoff_ms': lastBackoffMs,
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
      ...(options.tls?.serverName === undefined
        ? {}
        : { 'grpc.ssl_target_name_override': options.tls.serverName }),
    });
    this.#session = this.#connect();
    this.#session.catch(() => undefined);
  }

  /**
   * Runs one transaction in the chaincode and returns its last message. Rejects with NetworkError CHAINCODE_UNAVAILABLE
   * (not reachable in time, or ended) or CHAINCODE_FAILED (time-out).
   */
  async execute(message: ChaincodeMessage, invocation: Invocation): Promise<ChaincodeMessage> {
    const session = this.#registered ?? (await this.#ready());
    return session.execute(message, invocation);
  }

  /** Resolves when the chaincode has registered; rejects like `execute`. */
  async ready(): Promise<void> {
    await this.#ready();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#dialled?.close();
    const session = await this.#session.catch(() => undefined);
    session?.close();
    this.#client.close();
  }

  async #ready(): Promise<ChaincodeSession> {
    const giveUp = new AbortController();
    const late = delay(this.#options.dialTimeoutMs, undefined, { signal: giveUp.signal }).then(
      () => {
        const { address, packageId } = this.#options;
        const text = `could not launch chaincode ${packageId}: no answer at ${address}`;
        const details = { address, packageId, reason: this.#refusal };
        throw new NetworkError('CHAINCODE_UNAVAILABLE', quoted(text, '链码没有响应'), { details });
      },
    );
    late.catch(() => undefined);
    try {
      return await Promise.race([this.#session, late]);
    } finally {
      giveUp.abort();
    }
  }

  async #connect(): Promise<ChaincodeSession> {
    let pause = firstBackoffMs;
    for (;;) {
      try {
        return await this.#dial();
      } catch (error) {
        this.#refuseWhenClosing();
        const { packageId, address } = this.#options;
        const reason = toError(error).message;
        // Repeated failures are logged at a higher level: another process may hold the port.
        const level = pause < lastBackoffMs ? 'debug' : 'warn';
        this.#logger[level]({ packageId, address, reason }, 'chaincode does not answer yet');
        this.#refusal = reason;
        await delay(pause, undefined, { signal: this.#closing.signal, ref: false }).catch(() =>
          this.#refuseWhenClosing(),
        );
        pause = Math.min(pause * 2, lastBackoffMs);
      }
    }
  }

  async #dial(): Promise<ChaincodeSession> {
    this.#refuseWhenClosing();
    const stream = this.#client.connect();
    const session = new ChaincodeSession(stream, this.#options, this.#logger);
    this.#dialled = session;
    await session.registered;
    this.#registered = session;
    this.#logger.info({ packageId: this.#options.packageId }, 'chaincode registered');
    void session.ended.then(() => {
      this.#registered = undefined;
      this.#reconnect();
    });
    return session;
  }

  #reconnect(): void {
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#logger.warn({ packageId: this.#options.packageId }, 'chaincode stream ended, dialling');
    this.#session = this.#connect();
    this.#session.catch(() => undefined);
  }

  #refuseWhenClosing(): void {
    if (this.#closing.signal.aborted) {
      throw new NetworkError('CLOSED', { zh: '对等节点正在关闭。', en: 'the peer is closing' });
    }
  }
}

function credentialsOf(tls: ChaincodeTls | undefined): ChannelCredentials {
  if (!tls) {
    return credentials.createInsecure();
  }
  const key = tls.clientKey === undefined ? null : Buffer.from(tls.clientKey);
  const certificate = tls.clientCert === undefined ? null : Buffer.from(tls.clientCert);
  return credentials.createSsl(Buffer.from(tls.rootCert), key, certificate);
}
