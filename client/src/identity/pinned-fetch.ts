import { request as send, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { ClientError } from '../errors.js';
import { originOf, type PinnedGateway } from './pins.js';

/**
 * A `fetch` that uses https with a pinned gateway only if it presents a pinned certificate, whatever authority issued
 * it. Other addresses are fetched normally. Undefined when no certificate is pinned.
 */
export function pinnedFetch(gateways: readonly PinnedGateway[]): typeof fetch | undefined {
  if (gateways.every(({ certificates }) => certificates === undefined)) return undefined;
  return async (input, init) => {
    const request = new Request(input, init);
    const certificates = certificatesAt(gateways, request.url);
    if (certificates === undefined) return fetch(request);
    return fetchOver(await connected(new URL(request.url), certificates), request);
  };
}

function certificatesAt(
  gateways: readonly PinnedGateway[],
  url: string,
): readonly string[] | undefined {
  const { protocol, origin } = new URL(url);
  if (protocol !== 'https:') return undefined;
  const isHere = (address: string) => originOf(address) === origin;
  return gateways.find(({ addresses }) => addresses.some(isHere))?.certificates;
}

/** Checks the certificate before anything is sent. */
function connected({ hostname, port }: URL, certificates: readonly string[]): Promise<TLSSocket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const named = isIP(host) === 0 ? { servername: host } : {};
  return new Promise((resolve, reject) => {
    // The pin replaces the certificate authorities of this machine.
    const where = { host, port: Number(port || 443), rejectUnauthorized: false };
    const socket = connect({ ...where, ...named }, () => {
      const shown = socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase();
      if (certificates.includes(shown)) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(notPinned(shown));
    });
    socket.once('error', reject);
  });
}

async function fetchOver(socket: TLSSocket, request: Request): Promise<Response> {
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const options: RequestOptions = {
    method: request.method,
    headers: { ...Object.fromEntries(request.headers), connection: 'close' },
    // Without an agent, which would open another connection.
    createConnection: () => socket,
    signal: request.signal,
  };
  return new Promise((resolve, reject) => {
    const sent = send(request.url, options, (message) => {
      const { statusCode: status = 502 } = message;
      const headers = Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const empty = status === 204 || status === 304;
      const content = empty ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
      if (empty) message.resume();
      resolve(new Response(content, { status, headers }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function notPinned(shown: string): ClientError {
  return new ClientError(
    'GATEWAY_NOT_PINNED',
    {
      zh: `网关出示的证书 ${shown} 不是本身份所认定的，未发送任何内容。证书如已更换，请与网关管理员核对后重新认定：yici pin --certificate 文件`,
      en: `The gateway shows the certificate ${shown}, which the identity does not pin. Nothing was sent. If it was renewed, ask its administrator and pin it anew: yici pin --certificate FILE`,
    },
    { details: { certificate: shown } },
  );
}
