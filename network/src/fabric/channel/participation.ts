import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { NetworkError } from '../../errors.js';
import { present } from '../../present.js';
import { retrying } from '../../retry.js';
import { wordsOf } from '../../to-error.js';

/** An orderer's admin endpoint, accessed with mutual TLS. */
export interface AdminEndpoint {
  readonly host: string;
  readonly port: number;
  /** A name in its TLS certificate. */
  readonly tlsHostname: string;
  /** PEM of its department's TLS root. */
  readonly tlsRoot: string;
  /** The administrator's TLS certificate and key, PEM. */
  readonly certificate: string;
  readonly key: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const base = '/participation/v1/channels';
const within = 60_000;
/** An orderer reports healthy before its admin endpoint listens; with a slow disk, seconds before. */
const listensWithin = 60_000;

/** An orderer's part in a channel (orderer/common/types/channel_info.go). */
const participation = z.object({
  /** `consenter`, or `follower`, `config-tracker`, `other`. */
  consensusRelation: z.string(),
  /** `active`, or `onboarding`, `inactive`, `failed`. */
  status: z.string(),
});
export type Participation = z.output<typeof participation>;

/**
 * The orderer's part in the channel (channel participation API); undefined when it has not joined.
 * @param within milliseconds; default one minute
 * @throws NetworkError ORDERER_UNAVAILABLE
 */
export async function participationIn(
  endpoint: AdminEndpoint,
  channel: string,
  within?: number,
): Promise<Participation | undefined> {
  const { status, body } = await send(endpoint, {
    method: 'GET',
    path: `${base}/${channel}`,
    ...present({ within }),
  });
  return status === 200 ? participation.parse(JSON.parse(body)) : undefined;
}

/**
 * Joins the orderer to the channel of a genesis block; does nothing if it has joined. Waits for an endpoint that does
 * not listen yet (`within`, milliseconds; default one minute).
 * @throws NetworkError ORDERER_UNAVAILABLE, ORDERER_REFUSED with the orderer's message
 */
export async function joinOrderer(
  endpoint: AdminEndpoint,
  channel: string,
  genesisBlock: Uint8Array,
  within = listensWithin,
): Promise<void> {
  await retrying(() => join(endpoint, channel, genesisBlock), mayListenSoon, within);
}

/** Errors that may pass: connection refused or reset. A certificate that does not match is permanent. */
function mayListenSoon(error: unknown): boolean {
  if (!(error instanceof NetworkError) || !(error.cause instanceof Error)) return false;
  const code = 'code' in error.cause ? error.cause.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ECONNRESET';
}

async function join(
  endpoint: AdminEndpoint,
  channel: string,
  genesisBlock: Uint8Array,
): Promise<void> {
  if ((await participationIn(endpoint, channel)) !== undefined) return;
  // One part, `config-block` (orderer/common/channelparticipation).
  const form = new FormData();
  form.append('config-block', new Blob([genesisBlock]), 'genesis.block');
  const encoded = new Response(form);
  const answer = await send(endpoint, {
    method: 'POST',
    path: base,
    contentType: encoded.headers.get('content-type') ?? '',
    body: new Uint8Array(await encoded.arrayBuffer()),
  });
  if (answer.status === 201) return;
  const address = `${endpoint.host}:${endpoint.port}`;
  throw new NetworkError(
    'ORDERER_REFUSED',
    {
      zh: `排序节点 ${address} 没有加入通道 ${channel}：${answer.body.trim()}`,
      en: `The orderer ${address} does not join ${channel}: ${answer.body.trim()}`,
    },
    { details: { status: answer.status, address } },
  );
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  /** Milliseconds; default one minute. */
  readonly within?: number;
}

async function send(endpoint: AdminEndpoint, sent: Sent): Promise<Answer> {
  const call = request(requestOf(endpoint, sent));
  const late = { zh: '未按时答复', en: 'no answer in time' };
  call.on('timeout', () => call.destroy(new NetworkError('ORDERER_UNAVAILABLE', late)));
  try {
    const responded = once(call, 'response') as Promise<[IncomingMessage]>;
    call.end(sent.body);
    const [response] = await responded;
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (cause) {
    throw unavailable(endpoint, cause);
  }
}

function requestOf(endpoint: AdminEndpoint, sent: Sent): RequestOptions {
  const { host, port, tlsHostname, tlsRoot, certificate, key } = endpoint;
  return {
    ...{ host, port, servername: tlsHostname, ca: tlsRoot, cert: certificate, key },
    ...{ method: sent.method, path: sent.path, timeout: sent.within ?? within, agent: false },
    headers: {
      ...(sent.contentType === undefined ? {} : { 'content-type': sent.contentType }),
      ...(sent.body === undefined ? {} : { 'content-length': sent.body.length }),
    },
  };
}

function unavailable({ host, port }: AdminEndpoint, cause: unknown): NetworkError {
  const why = wordsOf(cause);
  const words = {
    zh: `排序节点的管理端口 ${host}:${port} 没有响应：${why.zh}`,
    en: `The admin endpoint ${host}:${port} does not answer: ${why.en}`,
  };
  return new NetworkError('ORDERER_UNAVAILABLE', words, {
    details: { address: `${host}:${port}` },
    cause,
  });
}
