import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Words } from '@yici/domain/model';
import { parseCertificate, type ChannelConfig } from '@yici/ledger';
import { Anchoring } from '../audit/anchoring.js';
import { archiveOldest } from '../audit/archive.js';
import { noteStart, noteStop } from '../audit/notes.js';
import { gatewayErrorWords } from '../error-words/index.js';
import { GatewayError } from '../errors.js';
import { createApp } from '../http/app.js';
import { limitConnections } from '../http/connections.js';
import type { AppDependencies } from '../http/context.js';
import type { Resources } from '../http/resource-metrics.js';
import type { IndexReader } from '../index-store/reader.js';
import type { BlockFollower } from '../indexing/follower.js';
import { ChaincodeProbe } from '../peer/chaincode-probe.js';
import { BeaconWatch } from '../scheduler/beacon.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { storageObstacles } from '../store/states.js';
import { assemble, type Core } from './core.js';
import { noScheduler, type GatewayDependencies, type GatewayOptions } from './options.js';
import { closeStores, openStores, sweepStores, type Stores } from './stores.js';
import { documentsAsked } from './back-up.js';
import { takeBackup, type DocumentsOf } from './take-backup.js';

/** A running gateway: its parts, and a server that is not yet listening. */
export interface Gateway {
  readonly server: Server;
  readonly index: IndexReader;
  /** Number of blocks in the index. */
  readonly height: () => number;
  /** Reasons why it is not ready; empty when it is. */
  readonly obstacles: () => readonly Words[];
  /** Proposes due acts. */
  readonly scheduler: Scheduler;
  /** Anchors the head of the audit journal on the ledger once a day. */
  readonly anchoring: Anchoring;
  /** Resolves when the index has every block that the peer had at the start. */
  readonly caughtUp: () => Promise<void>;
  /** The channel config in force. @throws GatewayError NOT_READY */
  readonly config: () => ChannelConfig;
  /** A backup of its data as they are now. */
  readonly backup: (asked?: string) => AsyncIterable<Uint8Array>;
  /** Ends streams, finishes open requests and closes the stores. */
  readonly close: () => Promise<void>;
}

const sweepEvery = 3_600_000;
/** Interval, in milliseconds, of checking connections for incomplete headers. */
const connectionsCheckingInterval = 2_000;

/**
 * Assembles a gateway on a peer of any engine and starts to follow its blocks.
 * @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE, KEY_STORE_UNREADABLE, INDEX_OF_OTHER_CHANNEL, PEER_…
 * when the genesis block cannot be fetched.
 */
export async function openGateway(
  options: GatewayOptions,
  dependencies: GatewayDependencies,
): Promise<Gateway> {
  const { logger, now = () => new Date(), departments = new Map() } = dependencies;
  const { ledgerFailure = () => undefined, standingIn = () => false } = dependencies;
  const stores = await openStores(options, now, logger);
  const closers = [() => closeStores(stores)];
  try {
    const given = { ...dependencies, now, departments, ledgerFailure, standingIn };
    const core = assemble(options, given, stores);
    closers.unshift(() => core.follower.close());
    await noteStart(stores.audit, core.gatewayName, core.accounts, logger);
    await core.follower.start();
    const target = await core.ledger.height();
    return running(core, stores, target);
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

function running(core: Core, stores: Stores, target: number): Gateway {
  const { follower, index, storage, logger, options, admission } = core;
  const height = () => (index.checkpoint()?.block ?? -1) + 1;
  const probe = new ChaincodeProbe(() => core.ledger.ask(), logger);
  const obstacles = () => [
    ...storageObstacles(storage()),
    ...(admission.refusal === undefined ? [] : [inWords(admission.refusal)]),
    ...obstaclesOf(follower, height(), target),
    ...(probe.obstacle === undefined ? [] : [probe.obstacle]),
  ];
  const isReady = () => obstacles().length === 0;
  if (height() < target) noteCatchingUp(core, height, target);
  const scheduler = assembleScheduler(core, isReady);
  const anchoring = assembleAnchoring(core, isReady);
  const app = createApp(appDependencies(core, obstacles, scheduler));
  const server = createServer({ connectionsCheckingInterval }, app.listener);
  limitConnections(server, options.limits);
  const sweep = sweepNowAndThen(stores, core);
  scheduler.start();
  probe.start();
  admission.start();
  return {
    ...{ server, index, height, obstacles, scheduler, anchoring },
    caughtUp: () => reached(() => height() >= target, follower),
    config: () => core.membership.config,
    backup: (asked = '/') => backupOf(core, stores, documentsAsked(asked)),
    async close() {
      clearInterval(sweep);
      probe.close();
      admission.close();
      app.close();
      await scheduler.close();
      await anchoring.close();
      await closeServer(server);
      await follower.close();
      await noteStop(stores.audit, stores.refusals, logger);
      await closeStores(stores);
    },
  };
}

function backupOf(
  { index, options }: Core,
  stores: Stores,
  documents: DocumentsOf,
): AsyncIterable<Uint8Array> {
  const checkpoint = index.checkpoint();
  if (checkpoint === undefined) {
    throw new GatewayError('NOT_READY', 'The index has no block yet: try again.');
  }
  return takeBackup({ directory: options.directory, stores, checkpoint, documents });
}

function sweepNowAndThen(
  stores: Stores,
  { now, logger, signoffs, changes, options }: Core,
): NodeJS.Timeout {
  // Before the transactions are forgotten that sign-offs led to.
  const sweep = async () => {
    await signoffs.settle();
    options.enrolments?.sweep();
    changes.sweep();
    await sweepStores(stores, now());
  };
  return setInterval(() => {
    sweep().catch((error: unknown) => logger.error({ err: error }, 'sweeping what is done failed'));
  }, sweepEvery);
}

/** Why it cannot serve yet; empty when it can. */
function obstaclesOf(
  { failure, refusal }: BlockFollower,
  height: number,
  target: number,
): readonly Words[] {
  const [indexed, blocks] = [String(height), String(target)];
  return [
    ...(failure === undefined
      ? []
      : [{ zh: `索引已停止：${failure.message}`, en: `The index stopped: ${failure.message}` }]),
    ...(refusal === undefined || refusal.code === 'DEPARTMENT_OUT'
      ? []
      : [
          {
            zh: `索引得不到区块：${refusal.message}`,
            en: `The index gets no blocks: ${refusal.message}`,
          },
        ]),
    ...(height >= target
      ? []
      : [
          {
            zh: `索引有 ${blocks} 个区块中的 ${indexed} 个。`,
            en: `The index has ${indexed} of ${blocks} blocks.`,
          },
        ]),
  ];
}

/** An error's code, with what it means and what to do. */
function inWords({ code }: GatewayError): Words {
  const { what, next } = gatewayErrorWords[code];
  return { zh: `${code}：${what.zh}${next.zh}`, en: `${code}: ${what.en} ${next.en}` };
}

function assembleScheduler(core: Core, ready: () => boolean): Scheduler {
  const { options, index, now, logger, proposer, ledger } = core;
  const beacon = new BeaconWatch(core, () => scheduler.hearBeacon());
  const scheduler = new Scheduler(options.scheduler ?? noScheduler, {
    index,
    now,
    logger,
    obstacle: () => (ready() ? proposer.obstacle() : 'notReady'),
    beaconDue: () => beacon.due,
    propose: (proposal) => proposer.propose(proposal),
    ask: () => ledger.ask(),
  });
  return scheduler;
}

/** Proposes under the gateway's own identity, like the scheduler, and is enabled with it. */
function assembleAnchoring(core: Core, ready: () => boolean): Anchoring {
  const { options, index, now, logger, proposer, audit: journal } = core;
  const { enabled, everySeconds } = options.scheduler ?? noScheduler;
  const name = () => (enabled && ready() ? proposer.name() : undefined);
  const archive = () => archiveOldest(journal, join(options.directory, 'audit-archive'));
  return new Anchoring({
    ...{ journal, index, proposer, name, now },
    ...{ archive, logger, everySeconds },
  });
}

function appDependencies(
  core: Core,
  obstacles: () => readonly Words[],
  scheduler: Scheduler,
): AppDependencies {
  const { channel, chaincode, audience, engine, limits, addresses } = core.options;
  const { publicExplanations, demo, enrolments, submitChange } = core.options;
  return {
    ...core,
    addresses,
    publicExplanations,
    demo,
    enrolments,
    submitChange,
    mspId: core.gatewayName.mspId,
    resources: resourcesOf(core),
    facts: { channel, chaincode, audience, engine },
    obstacles,
    scheduler,
    ...(limits === undefined ? {} : { limits }),
  };
}

function resourcesOf({ options, ledger, standingIn, documents, ...core }: Core): Resources {
  const own = { name: core.gatewayName.gateway, certificatePem: core.certificate };
  return {
    directory: options.directory,
    peerHeight: () => ledger.height(),
    standingIn,
    documentBytes: () => documents.bytes,
    certificates: () =>
      [own, ...core.accounts.certificates].map(({ name, certificatePem }) => ({
        name,
        ends: parseCertificate(certificatePem).notAfter,
      })),
  };
}

/** A line before and one behind: until then the index answers nothing, and lists are refused. */
function noteCatchingUp({ follower, logger }: Core, height: () => number, target: number): void {
  const start = performance.now();
  logger.info({ indexed: height(), blocks: target }, 'the index is behind its peer');
  const done = () => {
    const seconds = Math.round((performance.now() - start) / 1_000);
    logger.info({ blocks: target, seconds }, 'the index has caught up');
  };
  // A follower that gives up is reported as an obstacle.
  reached(() => height() >= target, follower).then(done, () => undefined);
}

/** @throws GatewayError NOT_READY when the follower gives up */
async function reached(done: () => boolean, follower: BlockFollower): Promise<void> {
  while (!done()) {
    if (follower.failure !== undefined) {
      throw new GatewayError('NOT_READY', 'The index stopped.', { cause: follower.failure });
    }
    await pause(20);
  }
}

/** Time for open requests to end when the gateway stops, in milliseconds. */
const grace = 10_000;

function closeServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
