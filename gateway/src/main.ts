#!/usr/bin/env node
import { join } from 'node:path';
import { Command } from 'commander';
import { CodedError, createSigner, encodeIdentity } from '@yici/ledger';
import {
  dataFolder,
  keepPrivate,
  openEmbeddedNetwork,
  pinGateway,
  whyNotFree,
  type EmbeddedNetwork,
} from '@yici/network';
import type { Logger } from 'pino';
import {
  readConfig,
  type CommandLine,
  type EmbeddedEngine,
  type GatewayConfig,
} from './assembly/config.js';
import { addCustodyCommand } from './cli/custody-command.js';
import { sealedBy } from './cli/sealed-by.js';
import { ensureAccounts } from './custody/ensure-accounts.js';
import type { Engine } from './assembly/engine.js';
import { GatewayError } from './errors.js';
import { openGateway, type Gateway } from './assembly/gateway.js';
import { createLogger } from './http/logging.js';
import { openFabricEngine, openFabricNetworkEngine } from './assembly/fabric-engine.js';
import { guardProcess } from './uncaught.js';
import { addWalletCommand } from './cli/wallet-command.js';

/** Exit codes of every command of this project. */
const exitCodes = { ok: 0, usage: 2, environment: 3, bug: 70 } as const;

/** What the caller can put right on the command line or in the file named there. */
const usageCodes = new Set(['CONFIG_INVALID', 'TOPOLOGY_INVALID', 'WALLET_LABEL_INVALID']);

/** Connections that wait to be taken; Node's 511 is too few when all readers of a gateway come back at once. */
const backlog = 4_096;

interface Options extends CommandLine {
  readonly json?: boolean;
  readonly readyJson?: boolean;
}

const program = new Command('yici-gateway')
  .description('The door of the ledger: REST API, read index, event streams.')
  .option('--config <file>', 'configuration file (YAML)')
  .option('--state <dir>', 'data folder (default .yici)')
  .option('--topology <file>', 'topology of a new data folder (default: the demo)')
  .option('--host <host>', 'address to listen on (default 127.0.0.1)')
  .option('--port <port>', 'port to listen on, 0 for any (default 8080)')
  .option('--audience <text>', 'what logins name (default <user>@<channel>)')
  .option('--rebuild-index', 'read all blocks anew from block 0')
  .option('--rate-limit <number>', 'requests a client may make in a minute, 0 for no limit')
  .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
  .option('--no-scheduler', 'do not propose what time makes due')
  .option('--no-listen-peers', 'embedded engine: do not serve gRPC')
  .option('--json', 'print one line of JSON when ready, and errors as JSON')
  .option('--ready-json', 'the same')
  .action(run);

// Files are for their owner alone unless something says otherwise.
process.umask(0o077);
program.exitOverride((error) => {
  process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
});
addWalletCommand(program, report);
addCustodyCommand(program, report);
await program.parseAsync();

async function run(options: Options): Promise<void> {
  const json = options.json === true || options.readyJson === true;
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const config = readConfig(options, process.env);
    const stopping = stopOnSignals(stop);
    await start(config, json, closers);
    if (stopping()) await stop();
  } catch (error) {
    await stop();
    report(error, json);
  }
}

async function start(
  config: GatewayConfig,
  json: boolean,
  closers: (() => Promise<void>)[],
): Promise<void> {
  await assertPortFree(config.host, config.port);
  keepPrivate(config.state);
  const logger = createLogger(config.logLevel);
  guardProcess(logger, () => process.exit(exitCodes.bug));
  const engine = await openEngine(config, logger);
  closers.push(engine.close);
  const directory = join(config.state, 'gateway');
  const sealing = sealedBy(config, process.env);
  const made = ensureAccounts(join(directory, 'custody'), engine.custodial, sealing);
  const audience = config.audience ?? `${engine.user}@${engine.channel}`;
  const gateway = await openGateway(
    {
      channel: engine.channel,
      chaincode: engine.chaincode,
      engine: engine.kind,
      audience,
      directory,
      ...(config.addresses === undefined ? {} : { addresses: config.addresses }),
      rebuildIndex: config.rebuildIndex,
      limits: config.limits,
      documents: config.documents,
      scheduler: config.scheduler,
      sealing,
    },
    {
      peer: engine.peer,
      identity: engine.identity,
      ...(engine.departments === undefined ? {} : { departments: engine.departments }),
      ...(engine.ledgerFailure === undefined ? {} : { ledgerFailure: engine.ledgerFailure }),
      logger,
    },
  );
  closers.push(gateway.close);
  if (config.rebuildIndex) showProgress(gateway);
  await gateway.caughtUp();
  const port = await listen(gateway, config);
  const addresses = config.addresses ?? hostsOf(config.host).map((host) => urlOf(host, port));
  pinGateway(dataFolder(config.state), { audience, addresses: [...addresses] });
  announce(config, engine, gateway, { port, made, json });
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

/** The embedded network in this process; its service users become custodial accounts. */
async function openEmbeddedEngine(
  config: GatewayConfig,
  engine: EmbeddedEngine,
  logger: Logger,
): Promise<Engine> {
  const network = await openEmbeddedNetwork({
    directory: config.state,
    listen: engine.listen,
    logger,
    ...(engine.topology === undefined ? {} : { topologyFile: engine.topology }),
    progress: (text) => process.stderr.write(`${text}\n`),
  });
  try {
    return await embeddedEngine(network, engine);
  } catch (error) {
    await network.close();
    throw error;
  }
}

async function embeddedEngine(network: EmbeddedNetwork, engine: EmbeddedEngine): Promise<Engine> {
  const users = network.topology.departments.flatMap((department) => department.users);
  const user = engine.user ?? users.find((one) => one.role === 'gateway')?.name;
  if (user === undefined) {
    throw new GatewayError(
      'CONFIG_INVALID',
      'The topology has no user whose role is `gateway`; name one.',
    );
  }
  const own = await network.identity(user);
  const services = users.filter((one) => one.role === 'service');
  const custodial = await Promise.all(
    services.map(async ({ name }) => ({ account: name, ...(await network.identity(name)) })),
  );
  return {
    kind: 'embedded',
    channel: network.channel,
    chaincode: network.topology.chaincode.name,
    peer: network.peer(own.mspId),
    identity: identityOf(own.mspId, own.certificatePem, own.keyPem),
    departments: new Map(
      network.topology.departments.map(({ mspId }) => [mspId, network.peer(mspId)]),
    ),
    ledgerFailure: () => ledgerFailure(network),
    user,
    custodial,
    close: () => network.close(),
  };
}

/** A few words: its message has the rest, for the log. */
function ledgerFailure(network: EmbeddedNetwork): string | undefined {
  const reason = network.failure()?.details['reason'];
  return typeof reason === 'string' ? reason : undefined;
}

function identityOf(mspId: string, certificatePem: string, keyPem: string) {
  return { creator: encodeIdentity(mspId, certificatePem), sign: createSigner(keyPem) };
}

/** Asked before anything is written: a taken port must not leave a half-made folder behind. */
async function assertPortFree(host: string, port: number): Promise<void> {
  const cause = await whyNotFree(port, host);
  if (cause !== undefined) throw portError(host, port, cause);
}

function portError(host: string, port: number, cause: Error): GatewayError {
  const taken = 'code' in cause && cause.code === 'EADDRINUSE';
  return taken
    ? new GatewayError(
        'PORT_IN_USE',
        `Port ${String(port)} on ${host} is in use; choose another with --port.`,
        { cause },
      )
    : new GatewayError(
        'CONFIG_INVALID',
        `Cannot listen on ${host}:${String(port)}: ${cause.message}`,
        { cause },
      );
}

function listen(gateway: Gateway, { host, port }: GatewayConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    gateway.server.once('error', (cause) => {
      reject(portError(host, port, cause));
    });
    gateway.server.listen({ port, host, backlog }, () => {
      const address = gateway.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function showProgress(gateway: Gateway): void {
  const timer = setInterval(() => {
    process.stderr.write(`Rebuilding the index: ${String(gateway.height())} blocks\n`);
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

interface Readiness {
  readonly port: number;
  readonly made: readonly string[];
  readonly json: boolean;
}

function announce(
  config: GatewayConfig,
  engine: Engine,
  gateway: Gateway,
  readiness: Readiness,
): void {
  const url = urlOf(config.host, readiness.port);
  const checkpoint = gateway.index.checkpoint();
  const facts = {
    ready: true,
    url,
    pid: process.pid,
    engine: engine.kind,
    channel: engine.channel,
    genesisHash: checkpoint?.genesis,
    indexed: checkpoint?.block,
    accountsMade: readiness.made,
  };
  if (readiness.json) process.stdout.write(`${JSON.stringify(facts)}\n`);
  else
    process.stdout.write(`Gateway of channel ${engine.channel} on ${url} (docs at ${url}/docs)\n`);
}

/** Ctrl-C reaches a process twice, from the terminal and through npm: a signal this soon, in ms, is the same one. */
const sameSignalWithin = 1_000;

/** A second signal does not wait. */
function stopOnSignals(stop: () => Promise<void>): () => boolean {
  let stopping: number | undefined;
  const onSignal = () => {
    if (stopping !== undefined) {
      if (performance.now() - stopping > sameSignalWithin) process.exit(exitCodes.environment);
      return;
    }
    stopping = performance.now();
    stop().then(
      () => process.exit(exitCodes.ok),
      (error: unknown) => {
        report(error, false);
        process.exit(exitCodes.bug);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => stopping !== undefined;
}

/** Expected failures are one sentence; anything else is a bug and shows where. */
function report(error: unknown, json: boolean): void {
  if (error instanceof CodedError) {
    const { code, message } = error as CodedError<string>;
    process.stderr.write(
      json ? `${JSON.stringify({ error: { code, message } })}\n` : `${message}\n`,
    );
    const usage = usageCodes.has(code);
    process.exitCode = usage ? exitCodes.usage : exitCodes.environment;
    return;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = exitCodes.bug;
}
