import { randomBytes, X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { Words } from '@yici/domain/model';
import {
  channelConfigFrom,
  deliverResponse,
  seekEnvelope,
  type ChannelConfig,
  type SigningIdentity,
} from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { toGatewayError } from './failures.js';
import type { GrpcPeerOptions } from './grpc.js';
import { evaluated } from './own-queries.js';
import type { PeerGateway } from './port.js';

/** common.Status: the peer has not joined the channel; the peer refuses the caller. */
const notFound = 404;
const forbidden = 403;

/** One peer as the configuration describes it. */
interface DescribedPeer {
  readonly peer: Pick<PeerGateway, 'deliver' | 'evaluate'>;
  readonly address: Pick<GrpcPeerOptions, 'endpoint' | 'tlsRootPem' | 'tlsHostname' | 'tlsClient'>;
  /** The department of the peer. */
  readonly mspId: string;
}

/** A peer refuses at once what it refuses. */
const refusesWithin = 5_000;

/** What the gateway is to find on the other side. */
interface Expected {
  readonly channel: string;
  /** The gateway's own department. */
  readonly mspId: string;
  readonly identity: SigningIdentity;
}

/**
 * Checks, before anything is served, that a peer is the configured one: authenticated by TLS under its name, on the channel, of
 * the given department, and accepting the gateway's identity.
 * @throws GatewayError PEER_UNAVAILABLE, PEER_UNTRUSTED, PEER_OF_OTHER_CHANNEL, IDENTITY_REFUSED, PEER_OF_OTHER_DEPARTMENT
 */
async function checkPeer(described: DescribedPeer, expected: Expected): Promise<void> {
  await checkTls(described.address);
  await checkChannel(described, expected);
  checkDepartment(described, await currentConfig(described, expected));
}

/**
 * Checks the first peer that answers, waiting up to the given time. Only unavailability is retried.
 * @throws GatewayError as {@link checkPeer}
 */
export async function checkFirstPeer(
  peers: readonly DescribedPeer[],
  expected: Expected,
  within: number,
): Promise<void> {
  const deadline = performance.now() + within;
  for (;;) {
    const absence = await firstAbsence(peers, expected);
    if (absence === undefined) return;
    if (performance.now() > deadline) throw absence;
    await pause(250);
  }
}

/** The error of the first peer, when none is available. */
async function firstAbsence(
  peers: readonly DescribedPeer[],
  expected: Expected,
): Promise<GatewayError | undefined> {
  let first: GatewayError | undefined;
  for (const described of peers) {
    try {
      await checkPeer(described, expected);
      return undefined;
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'PEER_UNAVAILABLE') throw error;
      first ??= error;
    }
  }
  return first;
}

/** gRPC says of every failed handshake only that nobody is there; asked directly, TLS says why. */
function checkTls(address: DescribedPeer['address']): Promise<void> {
  const { endpoint, tlsRootPem } = address;
  if (tlsRootPem === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const socket = dial(address, tlsRootPem);
    const fail = (code: keyof typeof handshakeFailures, cause: Error) => {
      socket.destroy();
      reject(
        new GatewayError(code, handshakeFailures[code](endpoint, wordsOf(cause)), {
          cause,
          details: { endpoint },
        }),
      );
    };
    let connected = false;
    socket.once('connect', () => (connected = true));
    // A peer that refuses our certificate reports it after the handshake (TLS 1.3); its first frame means that it accepted it.
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (cause: Error) => {
      if (connected && isRefusal(cause)) fail('IDENTITY_REFUSED', cause);
      else fail(connected && isVerdict(cause) ? 'PEER_UNTRUSTED' : 'PEER_UNAVAILABLE', cause);
    });
    // Of a certificate that they do not take, Node's servers (the embedded peer's) say nothing: they hang up.
    const hungUp = {
      zh: '对方断开了连接，可能因为 tlsClient',
      en: 'it hung up, perhaps because of tlsClient',
    };
    const silent = { zh: '五秒内没有应答', en: 'no answer in five seconds' };
    socket.once('close', () =>
      fail('PEER_UNAVAILABLE', new GatewayError('PEER_UNAVAILABLE', hungUp)),
    );
    socket.once('timeout', () =>
      fail('PEER_UNAVAILABLE', new GatewayError('PEER_TIMEOUT', silent)),
    );
  });
}

function dial({ endpoint, tlsHostname, tlsClient }: DescribedPeer['address'], ca: string) {
  const [host, port] = hostAndPort(endpoint);
  return connect({
    ...{ host, port, ca, servername: tlsHostname ?? host },
    ...(tlsClient && { cert: tlsClient.certificatePem, key: tlsClient.keyPem }),
    ALPNProtocols: ['h2'],
    timeout: 5_000,
  });
}

/** OpenSSL's and Node's own findings about a certificate; a connection that breaks off has a code of the system. */
function isVerdict(cause: Error): boolean {
  return /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(codeOf(cause));
}

/** TLS alerts with which the other side refuses our certificate (RFC 8446 section 6.2). */
function isRefusal(cause: Error): boolean {
  return /^ERR_SSL_\w+_ALERT_(\w*CERTIFICATE\w*|UNKNOWN_CA)$/.test(codeOf(cause));
}

const codeOf = (cause: Error): string => ('code' in cause ? String(cause.code) : '');

function hostAndPort(endpoint: string): [host: string, port: number] {
  const colon = endpoint.lastIndexOf(':');
  return [endpoint.slice(0, colon).replace(/^\[|\]$/g, ''), Number(endpoint.slice(colon + 1))];
}

/** What went wrong with a connection: in words of ours, or as the system says it. */
const wordsOf = (cause: Error): Words =>
  (cause instanceof GatewayError ? cause.words : undefined) ?? {
    zh: cause.message,
    en: cause.message,
  };

/** What a failure of the handshake means, by its code. */
const handshakeFailures = {
  PEER_UNTRUSTED: (endpoint: string, why: Words): Words => ({
    zh: `${endpoint} 上的程序不是所配置的节点：${why.zh}。核对 endpoint、tlsRoot 和 tlsHostname。`,
    en: `Whoever answers at ${endpoint} is not the peer meant: ${why.en}. Check endpoint, tlsRoot and tlsHostname.`,
  }),
  IDENTITY_REFUSED: (endpoint: string, why: Words): Words => ({
    zh: `${endpoint} 的节点不接受网关的 TLS 证书，或者网关没有出示：${why.zh}。核对 tlsClient。`,
    en: `The peer at ${endpoint} does not take the TLS certificate that the gateway shows, if it shows one: ${why.en}. Check tlsClient.`,
  }),
  PEER_UNAVAILABLE: (endpoint: string, why: Words): Words => ({
    zh: `${endpoint} 没有节点应答：${why.zh}。启动节点，或者核对地址。`,
    en: `No peer answers at ${endpoint}: ${why.en}. Start it, or check the address.`,
  }),
};

/** Requests the newest block, which every peer has: shows whether the peer has the channel and whether the gateway may read it. */
async function checkChannel(
  { peer, address: { endpoint } }: DescribedPeer,
  { channel, mspId, identity }: Expected,
): Promise<void> {
  const range = { channel, newest: true } as const;
  const envelope = await seekEnvelope(range, identity, new Date(), randomBytes(24));
  const status = await firstStatus(peer, envelope);
  if (status === undefined) return;
  const details = { endpoint, channel, mspId };
  if (status === notFound) {
    const sentence = {
      zh: `${endpoint} 的节点不在通道 ${channel} 上。核对 channel 和 endpoint。`,
      en: `The peer at ${endpoint} is not on channel ${channel}. Check channel and endpoint.`,
    };
    throw new GatewayError('PEER_OF_OTHER_CHANNEL', sentence, { details });
  }
  if (status === forbidden) {
    const sentence = {
      zh: `${endpoint} 的节点不认为网关的证书属于 ${mspId}。核对 mspId、certificate 和 key。`,
      en: `The peer at ${endpoint} does not take the gateway's certificate as ${mspId}'s. Check mspId, certificate and key.`,
    };
    throw new GatewayError('IDENTITY_REFUSED', sentence, { details });
  }
  const sentence = {
    zh: `向 ${endpoint} 的节点要最新区块，答复为 ${String(status)}。查看该节点的日志。`,
    en: `The peer at ${endpoint} answers ${String(status)} when asked for the newest block. Look into its log.`,
  };
  throw new GatewayError('PEER_REFUSED', sentence, { details });
}

/**
 * The status that the peer sends instead of a block; undefined when it sends the block, or nothing: one that began with a snapshot has
 * its newest block only once the next one has come, while it refuses at once.
 */
async function firstStatus(
  peer: DescribedPeer['peer'],
  envelope: Uint8Array,
): Promise<number | undefined> {
  const late = AbortSignal.timeout(refusesWithin);
  try {
    for await (const message of peer.deliver(envelope, 'full', late)) {
      const { block, status } = deliverResponse.decode(message);
      return block === undefined ? status : undefined;
    }
  } catch (error) {
    if (late.aborted) return undefined;
    throw toGatewayError(error);
  }
  if (late.aborted) return undefined;
  throw new GatewayError('PEER_UNAVAILABLE', 'The peer ended the stream without an answer.');
}

async function currentConfig(
  { peer }: DescribedPeer,
  { channel, identity }: Expected,
): Promise<ChannelConfig> {
  // Not the config block: a peer that began with a snapshot does not have it until the next one.
  const args = ['GetChannelConfig', channel];
  try {
    const target = { channel, chaincode: 'cscc' };
    const config = await evaluated({ peer, identity, now: () => new Date() }, target, args);
    return channelConfigFrom(config, channel);
  } catch (error) {
    throw toGatewayError(error);
  }
}

/** The department of the peer according to the channel config: the TLS root must be that department's. */
function checkDepartment({ address, mspId }: DescribedPeer, config: ChannelConfig): void {
  const { endpoint, tlsRootPem } = address;
  const departments = [...config.msps.keys()];
  if (!config.msps.has(mspId)) {
    throw new GatewayError(
      'PEER_OF_OTHER_DEPARTMENT',
      {
        zh: `通道 ${config.channelId} 没有部门 ${mspId}，只有：${departments.join('、')}。`,
        en: `Channel ${config.channelId} has no department ${mspId}; it has ${departments.join(', ')}.`,
      },
      { details: { endpoint, mspId, departments } },
    );
  }
  if (tlsRootPem === undefined) return;
  const root = fingerprint(tlsRootPem);
  const owners = departments.filter((each) =>
    config.msps.get(each)?.definition.tlsRootCerts?.some((pem) => fingerprint(pem) === root),
  );
  if (owners.includes(mspId)) return;
  throw new GatewayError(
    'PEER_OF_OTHER_DEPARTMENT',
    {
      zh: `${endpoint} 的节点不属于 ${mspId}：其 TLS 根证书${owners.length === 0 ? '不属于通道的任何部门' : `属于 ${owners.join('、')}`}。`,
      en: `The peer at ${endpoint} is not ${mspId}'s: its TLS root is ${owners.length === 0 ? "no department's of the channel" : `that of ${owners.join(', ')}`}.`,
    },
    { details: { endpoint, mspId, owners } },
  );
}

const fingerprint = (pem: string | Uint8Array): string => new X509Certificate(pem).fingerprint256;
