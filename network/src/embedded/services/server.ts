import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import type { ChannelConfig } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { serverLimits } from '../../grpc-options.js';
import type { WireMethod } from './wire-methods.js';

/** Time for open calls to end when a server closes, in milliseconds. */
const shutdownMs = 2_000;

/** Listening address; port 0 chooses a free one. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** PEM texts of a server's certificate and key. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  /** Clients must present a certificate issued by one of these roots; absent: no client certificate is requested. */
  readonly clientRoots?: readonly string[];
}

export type Method = readonly [definition: WireMethod, handler: UntypedHandleCall];

/** A gRPC server that is listening. */
export interface RunningServer {
  /** `host:port`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Starts a server with these methods and maximum request size. Rejects with NetworkError PORT_IN_USE or ADDRESS_NOT_HERE when it cannot listen. */
export async function startServer(
  listen: Listen,
  tls: ServerTls | undefined,
  methods: readonly Method[],
  absoluteMaxBytes: number,
): Promise<RunningServer> {
  const server = new Server({
    ...serverLimits(absoluteMaxBytes),
    'grpc.keepalive_time_ms': 7_200_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  for (const [definition, handler] of methods) {
    server.addService({ method: definition }, { method: handler });
  }
  const port = await bind(server, listen, tls);
  return { address: `${listen.host}:${port}`, close: () => shutDown(server) };
}

function bind(server: Server, listen: Listen, tls: ServerTls | undefined): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync(`${listen.host}:${listen.port}`, credentialsOf(tls), (cause, port) => {
      if (cause) {
        reject(listenRefusal(listen, cause));
      } else {
        resolve(port);
      }
    }),
  );
}

/** grpc-js hands on the system's error by its message alone. */
function listenRefusal({ host, port }: Listen, cause: Error): NetworkError {
  const isHere = !/EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN/.test(cause.message);
  const code = isHere ? 'PORT_IN_USE' : 'ADDRESS_NOT_HERE';
  const words = {
    zh: isHere
      ? `${host}:${port} 不能监听（${cause.message}）。停止占用该端口的程序，或者在拓扑文件中更换端口。`
      : `${host} 不是本机的地址（${cause.message}）。在拓扑文件中改为本机的地址。`,
    en: `cannot listen on ${host}:${port}: ${cause.message}`,
  };
  return new NetworkError(code, words, { cause, details: { host, port } });
}

function credentialsOf(tls: ServerTls | undefined): ServerCredentials {
  if (!tls) {
    return ServerCredentials.createInsecure();
  }
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  if (tls.clientRoots === undefined) return ServerCredentials.createSsl(null, [pair], false);
  return ServerCredentials.createSsl(Buffer.from(tls.clientRoots.join('\n')), [pair], true);
}

/** TLS roots of the channel's departments, PEM: their holders may connect to a peer (core/peer updateTrustedRoots). */
export function tlsRootsOf({ msps }: ChannelConfig): readonly string[] {
  const definitions = [...msps.values()].map(({ definition }) => definition);
  return definitions
    .flatMap((each) => [...(each.tlsRootCerts ?? []), ...(each.tlsIntermediateCerts ?? [])])
    .map((pem) => Buffer.from(pem).toString('latin1'));
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, shutdownMs);
    server.tryShutdown(() => {
      clearTimeout(late);
      resolve();
    });
  });
}
