import type { Server } from 'node:http';
import { join } from 'node:path';
import {
  dataFolder,
  demoRolesIn,
  EnrolmentFolder,
  isRefusedBlocks,
  noteRelease,
  refuseNewerRelease,
  restrictToOwner,
  pinGateway,
  listenError,
  serveBackup,
  submitChange,
} from '@yici/network';
import { CodedError, type ChannelConfig } from '@yici/ledger';
import type { Text } from '@yici/terminal';
import type { Logger } from 'pino';
import { backupSocket } from './back-up.js';
import { sealedBy } from './sealed-by.js';
import { ensureAccounts } from '../custody/ensure-accounts.js';
import type { SignedChange } from '../channel-changes/desk.js';
import { GatewayError } from '../errors.js';
import { say } from '../say.js';
import type { GatewayConfig } from './config.js';
import { openEmbeddedEngine } from './embedded-engine.js';
import type { Engine } from './engine.js';
import { openFabricEngine, openFabricNetworkEngine } from './fabric-engine.js';
import { openGateway, type Gateway } from './gateway.js';
import type { GatewayOptions } from './options.js';

/** Connections that wait to be taken; Node's 511 is too few when all readers of a gateway come back at once. */
const backlog = 4_096;

/** What is said of a gateway once it listens; `indexed` is the number of the last block in its index. */
export type Started = Awaited<ReturnType<typeof startGateway>>;

/** Opens what the configuration says, from the engine up to the port. `closers` gets what is to be closed, in the order opened. */
export async function startGateway(
  config: GatewayConfig,
  logger: Logger,
  closers: (() => Promise<void>)[],
) {
  const { state, host, addresses, rebuildIndex } = config;
  await assertPortFree(host, config.port);
  const directory = join(state, 'gateway');
  refuseNewerRelease({ root: directory });
  restrictToOwner(state);
  const engine = await openEngine(config, logger);
  closers.push(engine.close);
  const { channel, kind } = engine;
  noteRelease({ root: directory });
  const sealing = sealedBy(config, process.env);
  const accountsMade = ensureAccounts(join(directory, 'custody'), engine.custodial, sealing);
  const audience = config.audience ?? `${engine.user}@${channel}`;
  const gateway = await openGateway(
    {
      ...optionsOf(config, engine, directory),
      ...{ audience, sealing },
      submitChange: (change) => bringIntoForce(engine, gateway.config, change, logger),
    },
    { ...engine, logger },
  );
  closers.push(gateway.close);
  closers.push(await serveBackup(backupSocket(directory), gateway.backup, logger));
  if (rebuildIndex) showProgress(gateway);
  await gateway.caughtUp();
  const port = await listen(gateway.server, config);
  const reachedAt = addresses ?? hostsOf(host).map((name) => urlOf(name, port));
  pinGateway(dataFolder(state), { audience, addresses: [...reachedAt] });
  const at = gateway.index.checkpoint();
  return {
    ...{ url: urlOf(host, port), engine: kind, channel },
    ...{ genesisHash: at?.genesis, indexed: at?.block, accountsMade },
  };
}

/** What a gateway takes from its configuration as it is. */
function optionsOf(
  config: GatewayConfig,
  { channel, chaincode, kind, identity }: Engine,
  directory: string,
): Omit<GatewayOptions, 'audience'> {
  const { addresses, rebuildIndex, limits, documents, scheduler, publicExplanations } = config;
  return {
    ...{ channel, chaincode, engine: kind, directory },
    ...{ addresses, rebuildIndex, limits, documents, scheduler, publicExplanations },
    orderersRefuse: kind === 'fabric' ? (now) => isRefusedBlocks(identity, now) : undefined,
    demo: demoOf(config),
    olderBlocks: config.engine.kind === 'fabric' ? config.engine.olderBlocks : undefined,
    enrolments: new EnrolmentFolder(join(directory, 'enrolments')),
  };
}

const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** @throws GatewayError CONFIG_INVALID for a network that others can reach, or that is no demo */
function demoOf({ demoRoles, host, state }: GatewayConfig) {
  if (!demoRoles) return undefined;
  const roles = loopback.includes(host) ? demoRolesIn(dataFolder(state)) : undefined;
  if (roles !== undefined) return roles;
  throw new GatewayError('CONFIG_INVALID', {
    zh: 'demoRoles 会交出用户的密钥：只能用于演示网络，并且只监听本机回环地址。',
    en: 'demoRoles gives away the keys of its users: only the demo network may have it, and only on loopback.',
  });
}

/** @throws GatewayError CHANNEL_CHANGE_REFUSED with what each orderer said */
async function bringIntoForce(
  { identity: sender }: Engine,
  config: () => ChannelConfig,
  change: SignedChange,
  logger: Logger,
): Promise<void> {
  const progress = (text: Text) => logger.info(say(text));
  try {
    const configNow = () => Promise.resolve(config());
    await submitChange({ ...change, sender, configNow, progress });
  } catch (cause) {
    if (!(cause instanceof CodedError)) throw cause;
    const { message, details } = cause;
    throw new GatewayError('CHANNEL_CHANGE_REFUSED', message, { cause, details });
  }
}

function openEngine(config: GatewayConfig, logger: Logger): Promise<Engine> {
  const { engine, custodial } = config;
  switch (engine.kind) {
    case 'embedded':
      return openEmbeddedEngine(config, engine, logger);
    case 'fabric':
      return openFabricEngine(engine, custodial);
    case 'fabric-network':
      return openFabricNetworkEngine(engine, custodial);
  }
}

/** Asked before anything is written: a taken port must not leave a half-made folder behind. */
async function assertPortFree(host: string, port: number): Promise<void> {
  const cause = await listenError(port, host);
  if (cause !== undefined) throw portError(host, port, cause);
}

function portError(host: string, port: number, cause: Error): GatewayError {
  const taken = 'code' in cause && cause.code === 'EADDRINUSE';
  return taken
    ? new GatewayError(
        'PORT_IN_USE',
        {
          zh: `${host} 的端口 ${String(port)} 已被占用。停止占用该端口的程序，或者用 --port 另选。`,
          en: `Port ${String(port)} on ${host} is in use; choose another with --port.`,
        },
        { cause },
      )
    : new GatewayError(
        'CONFIG_INVALID',
        {
          zh: `不能监听 ${host}:${String(port)}（${cause.message}）。核对 host 和 port。`,
          en: `Cannot listen on ${host}:${String(port)}: ${cause.message}`,
        },
        { cause },
      );
}

function listen(server: Server, { host, port }: GatewayConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portError(host, port, cause)));
    server.listen({ port, host, backlog }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function showProgress(gateway: Gateway): void {
  const timer = setInterval(() => {
    const blocks = String(gateway.height());
    const text = {
      zh: `正在重建索引：${blocks} 个区块`,
      en: `Rebuilding the index: ${blocks} blocks`,
    };
    process.stderr.write(`${say(text)}\n`);
    if (gateway.obstacles().length === 0) clearInterval(timer);
  }, 1000);
  timer.unref();
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** Under which names a gateway that listens on a host is called on that host. */
function hostsOf(host: string): string[] {
  const loopback = ['127.0.0.1', 'localhost'];
  return ['0.0.0.0', '::', ...loopback].includes(host) ? loopback : [host];
}
