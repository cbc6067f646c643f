import { request, type RequestOptions } from 'node:https';
import { NetworkError } from '../../errors.js';
import { retrying } from '../../retry.js';

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

/** Whether the orderer has joined the channel (channel participation API). @throws NetworkError ORDERER_UNAVAILABLE */
async function hasJoined(endpoint: AdminEndpoint, channel: string): Promise<boolean> {
  const { status } = await send(endpoint, { method: 'GET', path: `${base}/${channel}` });
  return status === 200;
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
  if (await hasJoined(endpoint, channel)) return;
  const boundary = `yici-${Buffer.from(genesisBlock.subarray(0, 8)).toString('hex')}-${Date.now()}`;
  const answer = await send(endpoint, {
    method: 'POST',
    path: base,
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: multipart(boundary, genesisBlock),
  });
  if (answer.status === 201) return;
  throw new NetworkError(
    'ORDERER_REFUSED',
    `The orderer ${endpoint.host}:${endpoint.port} does not join ${channel}: ${answer.body.trim()}`,
    { details: { status: answer.status, address: `${endpoint.host}:${endpoint.port}` } },
  );
}

/** RFC 7578 with one part, `config-block` (orderer/common/channelparticipation). */
function multipart(boundary: string, block: Uint8Array): Buffer {
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="config-block"; filename="genesis.block"',
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), block, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
}

function send(endpoint: AdminEndpoint, sent: Sent): Promise<Answer> {
  return new Promise((done, fail) => {
    const failed = (cause: Error) => {
      fail(unavailable(endpoint, cause));
    };
    const call = request(requestOf(endpoint, sent), (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => {
        done({ status: response.statusCode ?? 0, body });
      });
      response.on('error', failed);
    });
    call.on('timeout', () =>
      call.destroy(new NetworkError('ORDERER_UNAVAILABLE', 'no answer in time')),
    );
    call.on('error', failed);
    call.end(sent.body);
  });
}

function requestOf(endpoint: AdminEndpoint, sent: Sent): RequestOptions {
  const { host, port, tlsHostname, tlsRoot, certificate, key } = endpoint;
  return {
    ...{ host, port, servername: tlsHostname, ca: tlsRoot, cert: certificate, key },
    ...{ method: sent.method, path: sent.path, timeout: within, agent: false },
    headers: {
      ...(sent.contentType === undefined ? {} : { 'content-type': sent.contentType }),
      ...(sent.body === undefined ? {} : { 'content-length': sent.body.length }),
    },
  };
}

function unavailable({ host, port }: AdminEndpoint, cause: Error): NetworkError {
  return new NetworkError(
    'ORDERER_UNAVAILABLE',
    `The admin endpoint ${host}:${port} does not answer: ${cause.message}`,
    { details: { address: `${host}:${port}` }, cause },
  );
}
