import type { Socket } from 'node:net';
import { GatewayError } from '../errors.js';
import type { LoginAddress } from './challenge.js';

/** Names of the local host. */
const loopback: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The address named in a login: the one that the client claims, if it is one of the gateway's own, otherwise the first
 * of those. They are the configured ones or, by default, those of the socket that received the request; never the Host
 * header, which a relay can choose.
 * @param claimed the client's claim; checked here.
 * @throws GatewayError LOGIN_ELSEWHERE when it is not this gateway's.
 */
export function ownAddress(
  claimed: string | undefined,
  configured: readonly string[] | undefined,
  socket: Pick<Socket, 'localAddress' | 'localPort'>,
): LoginAddress {
  const own = configured?.map((url) => new URL(url).origin) ?? socketAddresses(socket);
  const [first] = own;
  const address = claimed === undefined ? first : own.find((each) => each === originOf(claimed));
  if (address !== undefined) return address;
  throw new GatewayError(
    'LOGIN_ELSEWHERE',
    `This gateway is not at ${claimed ?? 'an address of its own'}: log in at ${own.join(' or ')}, or have its administrator name that address (addresses in its configuration).`,
    { details: { addresses: own } },
  );
}

function socketAddresses({
  localAddress = '',
  localPort = 0,
}: Pick<Socket, 'localAddress' | 'localPort'>): string[] {
  const address = localAddress.replace(/^::ffff:/, '');
  const host = address.includes(':') ? `[${address}]` : address;
  const hosts = loopback.includes(host) ? [host, ...loopback] : [host];
  return [...new Set(hosts)].map((each) => new URL(`http://${each}:${String(localPort)}`).origin);
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
