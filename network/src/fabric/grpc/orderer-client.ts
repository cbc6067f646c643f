import { X509Certificate } from 'node:crypto';
import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { deliverResponse, int32, message, string, type ChannelConfig } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { ordererCalls, type WireMethod } from '../../embedded/services/wire-methods.js';
import { grpcLimits } from '../../grpc-options.js';
import { wordsOf } from '../../to-error.js';

const answersWithin = 30_000;

const broadcastResponse = message('orderer.BroadcastResponse', {
  status: int32(1),
  info: string(2),
});

/** An orderer as the channel's config names it. */
export interface OrdererEndpoint {
  readonly mspId: string;
  /** host:port */
  readonly address: string;
  /** PEM of its department's TLS roots. */
  readonly tlsRoots: readonly Uint8Array[];
  /** A name in its TLS certificate, where the config holds that certificate. */
  readonly tlsHostname?: string;
}

/** The channel's orderers in the order of its config. */
export function orderersOf({ orderer, msps, consenters }: ChannelConfig): OrdererEndpoint[] {
  return (orderer?.organizations ?? []).flatMap(({ mspId, endpoints }) => {
    const { tlsRootCerts = [], tlsIntermediateCerts = [] } = msps.get(mspId)?.definition ?? {};
    const tlsRoots = [...tlsRootCerts, ...tlsIntermediateCerts];
    return endpoints.map((address) => {
      const consenter = consenters.find(({ host, port }) => `${host}:${port}` === address);
      const tlsHostname = consenter && dnsName(consenter.serverTlsCert);
      return { mspId, address, tlsRoots, ...(tlsHostname !== undefined && { tlsHostname }) };
    });
  });
}

/** TLS names hosts by DNS names: an address of digits cannot be asked for (RFC 6066, 3). */
function dnsName(certificate: Uint8Array): string | undefined {
  const { subjectAltName = '' } = new X509Certificate(certificate);
  return /DNS:([^,]+)/.exec(subjectAltName)?.[1];
}

/** One orderer's AtomicBroadcast service; each call is a connection of its own. */
export class FabricOrderer {
  readonly endpoint: OrdererEndpoint;

  constructor(endpoint: OrdererEndpoint) {
    this.endpoint = endpoint;
  }

  /** Hands in an envelope. @throws NetworkError ORDERER_REFUSED with its words, ORDERER_UNAVAILABLE */
  async broadcast(envelope: Uint8Array): Promise<void> {
    const answer = await this.#ask(ordererCalls.broadcast, envelope);
    const { status, info } = broadcastResponse.decode(answer);
    if (status === common.Status.SUCCESS) return;
    const { address } = this.endpoint;
    const words = {
      zh: `排序节点 ${address} 不接受：${info}`,
      en: `The orderer ${address} refuses it: ${info}`,
    };
    throw new NetworkError('ORDERER_REFUSED', words, { details: { address, status } });
  }

  /**
   * The first block that a seek asks for.
   * @param within milliseconds
   * @throws NetworkError ORDERER_REFUSED, ORDERER_UNAVAILABLE
   */
  async block(seekEnvelope: Uint8Array, within = answersWithin): Promise<Uint8Array> {
    const answer = await this.#ask(ordererCalls.deliver, seekEnvelope, within);
    const { status, block } = deliverResponse.decode(answer);
    if (block !== undefined) return block;
    const { address } = this.endpoint;
    const words = {
      zh: `排序节点 ${address} 不提供区块（状态 ${status}）。使用通道允许读取的身份；原因见其日志。`,
      en: `The orderer ${address} does not deliver blocks (status ${status}).`,
    };
    throw new NetworkError('ORDERER_REFUSED', words, { details: { address, status } });
  }

  async #ask(method: WireMethod, request: Uint8Array, within = answersWithin): Promise<Uint8Array> {
    const { address, tlsRoots, tlsHostname } = this.endpoint;
    const client = new Client(address, credentials.createSsl(Buffer.concat(tlsRoots)), {
      ...grpcLimits,
      ...(tlsHostname !== undefined && { 'grpc.ssl_target_name_override': tlsHostname }),
      'grpc.enable_http_proxy': 0,
    });
    const { path, requestSerialize, responseDeserialize } = method;
    const deadline = Date.now() + within;
    try {
      return await firstAnswer(
        client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, { deadline }),
        request,
      );
    } catch (cause) {
      const why = wordsOf(cause);
      const words = {
        zh: `排序节点 ${address} 没有响应：${why.zh}`,
        en: `The orderer ${address} does not answer: ${why.en}`,
      };
      throw new NetworkError('ORDERER_UNAVAILABLE', words, { details: { address }, cause });
    } finally {
      client.close();
    }
  }
}

function firstAnswer(
  stream: ClientDuplexStream<Uint8Array, Uint8Array>,
  request: Uint8Array,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    stream.once('data', (answer: Uint8Array) => {
      resolve(answer);
      stream.cancel();
    });
    // Stays: what comes after the first answer, as that the call was cancelled, concerns nobody.
    stream.on('error', reject);
    stream.once('end', () =>
      reject(
        new NetworkError('ORDERER_UNAVAILABLE', {
          zh: '排序节点未答复即结束了调用',
          en: 'it ended the call without an answer',
        }),
      ),
    );
    stream.write(request);
  });
}
