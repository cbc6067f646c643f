import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { decodeIdentity, parseConfigBlock } from '@yici/ledger';
import type { Logger } from 'pino';
import { PendingStore } from '../commands/pending-store.js';
import { noteAccounts } from '../audit/accounts.js';
import { Anchoring } from '../audit/anchoring.js';
import { archiveOldest } from '../audit/archive.js';
import { AuditJournal } from '../audit/journal.js';
import { configNotes, nameOf, noteStart, noteStop, usesOf } from '../audit/notes.js';
import { RefusalNotes } from '../audit/refusals.js';
import type { Target } from '../peer/port.js';
import { Transactions } from '../commands/transactions.js';
import { accountsChanged, readAccounts } from '../custody/account-files.js';
import { CustodialAccounts } from '../custody/accounts.js';
import { keyEncryptionKey, type SealedBy } from '../custody/sealing-key.js';
import { CustodialRunner } from '../commands/runner.js';
import { writeParts, type WriteDependencies } from '../commands/write-parts.js';
import { configSchema } from './config.js';
import { DocumentStore, type DocumentSettings } from '../documents/store.js';
import { GatewayError } from '../errors.js';
import { createApp } from '../http/app.js';
import { limitConnections } from '../http/connections.js';
import type { AppDependencies, NetworkFacts } from '../http/context.js';
import type { HttpLimits } from '../http/limits.js';
import { IndexFeed } from '../index-store/feed.js';
import { BlockFollower } from '../indexing/follower.js';
import { compactQueues } from '../index-store/queues.js';
import { IndexReader } from '../index-store/reader.js';
import { userNames } from '../index-store/user-names.js';
import { deliverSource } from '../peer/block-source.js';
import { LedgerReader } from '../peer/ledger-reader.js';
import type { SeekIdentity } from '../peer/messages.js';
import type { OwnPeers } from '../peer/own-peers.js';
import { Pulse } from '../peer/pulse.js';
import type { PeerGateway } from '../peer/port.js';
import { WholeBlocks } from '../peer/whole-blocks.js';
import { BeaconWatch } from '../scheduler/beacon.js';
import { Proposer } from '../scheduler/proposer.js';
import { Scheduler, type SchedulerSettings } from '../scheduler/scheduler.js';
import { Login } from '../sessions/login.js';
import { Membership } from '../sessions/membership.js';
import type { SessionLimits } from '../sessions/session-store.js';
import { Journal } from '../stats/journal.js';
import { StoreHealth } from '../store/health.js';
import { firstFailure, storageObstacles, withLedger } from '../store/states.js';
import { openLevelStore } from '../store/level-store.js';
import { Viewers } from '../access/viewers.js';
import type { CompactableStore } from '../store/state-store.js';

export interface GatewayOptions extends NetworkFacts {
  /** The gateway's own folder: `index/`, `pending/`, `custody/`, `documents/`, `audit/`, `journal/`. */
  readonly directory: string;
  /** Empties the index first. */
  readonly rebuildIndex?: boolean;
  /** What seals custodial keys and those of documents. */
  readonly sealing?: SealedBy;
  readonly limits?: HttpLimits;
  readonly sessions?: SessionLimits;
  /** Origins that it is reached under, behind a reverse proxy; by default those of its own socket. */
  readonly addresses?: readonly string[];
  /** Documents off the ledger; by default in the folder `documents/`, as config.ts says. */
  readonly documents?: DocumentSettings & { readonly types: readonly string[] };
  /** Proposing what time makes due; off without it. */
  readonly scheduler?: SchedulerSettings;
}

interface GatewayDependencies {
  readonly peer: PeerGateway;
  /** Who the gateway itself is towards the peer: for blocks and for `source=ledger`. */
  readonly identity: SeekIdentity;
  /** Further departments' own peers in this process, by MSP id: the embedded network's. */
  readonly departments?: OwnPeers;
  /** Why the ledger beneath, in this process, cannot be written at present; a few words. */
  readonly ledgerFailure?: () => string | undefined;
  readonly logger: Logger;
  readonly now?: () => Date;
}

/** A running gateway: its parts, and a server that is not listening yet. */
export interface Gateway {
  readonly server: Server;
  readonly index: IndexReader;
  /** Number of blocks in the index. */
  readonly height: () => number;
  /** Why it is not ready; empty when it is. */
  readonly obstacles: () => readonly string[];
  /** What proposes what time makes due. */
  readonly scheduler: Scheduler;
  /** What puts the head of the audit journal on the ledger once a day. */
  readonly anchoring: Anchoring;
  /** Resolves when the index has all that the peer had at the start. */
  readonly caughtUp: () => Promise<void>;
  /** Ends streams, finishes open requests, closes the stores. */
  readonly close: () => Promise<void>;
}

const sweepEvery = 3_600_000;
/** How often connections are looked at whose headers do not come, in milliseconds. */
const connectionsCheckingInterval = 2_000;

/**
 * Puts a gateway together over a peer, whichever engine it is, and starts to follow its blocks.
 * @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE, KEY_STORE_UNREADABLE, INDEX_OF_OTHER_CHANNEL,
 * PEER_… when the peer cannot be asked for the genesis block.
 */
export async function openGateway(
  options: GatewayOptions,
  dependencies: GatewayDependencies,
): Promise<Gateway> {
  const { logger, now = () => new Date(), departments = new Map() } = dependencies;
  const { ledgerFailure = () => undefined } = dependencies;
  const stores = await openStores(options, now, logger);
  const closers = [() => closeStores(stores)];
  try {
    const core = assemble(options, { ...dependencies, now, departments, ledgerFailure }, stores);
    closers.unshift(() => core.follower.close());
    await noteStart(stores.audit, core.gatewayName, core.accounts, logger);
    await core.follower.start();
    const target = await core.ledger.height();
    return running(core, stores, target, logger, now);
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

interface Stores {
  readonly health: StoreHealth;
  readonly index: CompactableStore;
  readonly pending: PendingStore;
  readonly documents: DocumentStore;
  readonly audit: AuditJournal;
  readonly refusals: RefusalNotes;
  readonly journal: Journal;
  /** 32 bytes that seal custodial keys and the keys of documents. */
  readonly key: Uint8Array;
}

async function openStores(
  options: GatewayOptions,
  now: () => Date,
  logger: Logger,
): Promise<Stores> {
  const { directory, sealing, rebuildIndex, documents = defaultDocuments } = options;
  const opened: { close(): Promise<void> }[] = [];
  const health = new StoreHealth({ logger });
  const level = (name: string) => openLevelStore(join(directory, name), { health });
  const keep = <T extends { close(): Promise<void> }>(store: T): T => {
    opened.unshift(store);
    return store;
  };
  try {
    const index = keep(await level('index'));
    if (rebuildIndex === true) await index.clear();
    const pending = keep(new PendingStore(await level('pending')));
    const onLost = (error: unknown) => {
      logger.error({ err: error }, 'the journal could not be written');
    };
    const audit = keep(await AuditJournal.open(join(directory, 'audit'), now, health));
    const refusals = keep(new RefusalNotes(audit, onLost));
    const journal = keep(new Journal(await level('journal'), { now, onLost }));
    const key = keyEncryptionKey(join(directory, 'custody'), sealing);
    const folder = join(directory, 'documents');
    return {
      health,
      index,
      pending,
      audit,
      refusals,
      journal,
      key,
      documents: await DocumentStore.open(folder, key, documents, audit, now, health),
    };
  } catch (error) {
    for (const store of opened) await store.close();
    throw error;
  }
}

/** As the configuration's defaults say (config.ts). */
const defaultDocuments = configSchema.parse({}).documents;

async function closeStores(stores: Stores): Promise<void> {
  await stores.documents.close();
  await stores.refusals.close();
  await stores.audit.close();
  await stores.journal.close();
  await stores.pending.close();
  await stores.index.close();
}

type Core = ReturnType<typeof assemble>;

function assemble(
  options: GatewayOptions,
  dependencies: Required<GatewayDependencies>,
  stores: Stores,
) {
  const { peer, identity, departments, logger, now, ledgerFailure } = dependencies;
  const { pending } = stores;
  const storage = withLedger(stores.health, ledgerFailure, now);
  const target = { channel: options.channel, chaincode: options.chaincode };
  const index = new IndexReader(stores.index);
  const feed = new IndexFeed();
  const callers = assembleCallers(options, stores, now);
  const { membership } = callers;
  const write = writeParts(target, {
    ...{ peer, pending, index, feed, now },
    place: () => membership.placeOf(identity.creator),
    storageFailure: () => firstFailure(storage()),
    onRefused: refusals(stores.journal, index, identity.creator),
  });
  return {
    ...callers,
    options,
    index,
    feed,
    viewers: new Viewers(index, feed),
    transactions: new Transactions(write),
    storage,
    now,
    documents: stores.documents,
    audit: stores.audit,
    refusals: stores.refusals,
    gatewayName: nameOf(identity),
    journal: stores.journal,
    documentTypes: (options.documents ?? defaultDocuments).types,
    follower: assembleFollower(target, dependencies, stores, feed, callers),
    runner: new CustodialRunner(write, { onUse: usesOf(stores.audit) }),
    proposer: new Proposer({ identity, membership, index, write }),
    ledger: new LedgerReader(target, { peer, identity, now }),
    blocks: new WholeBlocks(deliverSource(peer, target.channel, identity, now)),
    ownPeers: new Map([[decodeIdentity(identity.creator).mspId, peer], ...departments]),
    logger,
  };
}

/**
 * Notes what the contract refused under the caller's department; not what the gateway itself proposed because its time had
 * come, which another gateway may have done before.
 */
function refusals(
  journal: Journal,
  index: IndexReader,
  own: Uint8Array,
): WriteDependencies['onRefused'] {
  const gateway = Buffer.from(own).toString('base64');
  return ({ txId, timestamp, mspId, command, input, creator }, rule) => {
    if (creator === gateway) return;
    const department = index.record('departmentOfMsp', mspId)?.department ?? mspId;
    journal.refused({ txId, at: timestamp, department, command, rule, input });
  };
}

/** What keeps the index, the feed and the list of members up with the blocks. */
function assembleFollower(
  target: Target,
  { peer, identity, logger, now }: Required<GatewayDependencies>,
  { index: store, audit }: Stores,
  feed: IndexFeed,
  { login, membership }: ReturnType<typeof assembleCallers>,
): BlockFollower {
  const note = configNotes(audit, logger);
  return new BlockFollower(target, {
    store,
    source: deliverSource(peer, target.channel, identity, now),
    feed,
    userName: userNames(),
    onConfig: (block) => {
      const config = parseConfigBlock(block);
      membership.update(config);
      login.recheck();
      note(config);
    },
    onProgress: progress(logger),
    onLost: (error) => {
      logger.warn({ err: error }, 'block stream lost');
    },
  });
}

/** Who may call: members who log in, and accounts whose keys are kept here. */
function assembleCallers(options: GatewayOptions, { key, audit }: Stores, now: () => Date) {
  const { channel, audience, sessions } = options;
  const membership = new Membership({ now });
  const login = new Login(
    { channel, audience, ...(sessions && { sessions }) },
    { membership, now },
  );
  const custody = join(options.directory, 'custody');
  const accounts = new CustodialAccounts({
    source: { read: () => readAccounts(custody), changed: () => accountsChanged(custody) },
    key,
    callerOf: (mspId, pem) => membership.member(mspId, pem).caller,
    note: (files) => noteAccounts(audit, files),
  });
  return { membership, login, accounts };
}

function running(
  core: Core,
  stores: Stores,
  target: number,
  logger: Logger,
  now: () => Date,
): Gateway {
  const { follower, index, feed, storage } = core;
  const height = () => (index.checkpoint()?.block ?? -1) + 1;
  const pulse = new Pulse({}, { ask: () => core.ledger.ask(), logger });
  const obstacles = () => [
    ...storageObstacles(storage()),
    ...obstaclesOf(follower, height(), target),
    ...(pulse.obstacle === undefined ? [] : [pulse.obstacle]),
  ];
  const scheduler = assembleScheduler(core, () => obstacles().length === 0);
  const anchoring = assembleAnchoring(core, () => obstacles().length === 0);
  const app = createApp(appDependencies(core, obstacles, scheduler));
  const server = createServer({ connectionsCheckingInterval }, app.listener);
  limitConnections(server, core.options.limits);
  const sweep = setInterval(() => {
    sweepStores(stores, now()).catch((error: unknown) => {
      logger.error({ err: error }, 'sweeping what is done failed');
    });
  }, sweepEvery);
  scheduler.start();
  pulse.start();
  return {
    server,
    index,
    height,
    obstacles,
    scheduler,
    anchoring,
    caughtUp: () => reached(feed, () => height() >= target, follower),
    async close() {
      clearInterval(sweep);
      pulse.close();
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

/** Why it cannot serve yet, in words; empty when it can. */
function obstaclesOf({ failure }: BlockFollower, height: number, target: number): string[] {
  return [
    ...(failure === undefined ? [] : [`The index stopped: ${failure.message}`]),
    ...(height >= target ? [] : [`The index has ${String(height)} of ${String(target)} blocks.`]),
  ];
}

async function sweepStores({ pending, journal, index }: Stores, now: Date): Promise<void> {
  await Promise.all([pending.sweep(now), journal.sweep(now), compactQueues(index)]);
}

/** As the configuration's defaults say, but off. */
const noScheduler: SchedulerSettings = { ...configSchema.parse({}).scheduler, enabled: false };

function assembleScheduler(core: Core, ready: () => boolean): Scheduler {
  const { options, index, now, logger, proposer, ledger } = core;
  const beacon = new BeaconWatch(core, () => {
    scheduler.hearBeacon();
  });
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

/** Proposes under the gateway's own identity, as the scheduler does, and is on when that is. */
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
  obstacles: () => readonly string[],
  scheduler: Scheduler,
): AppDependencies {
  const { channel, chaincode, audience, engine, limits, addresses } = core.options;
  return {
    ...core,
    addresses,
    mspId: core.gatewayName.mspId,
    facts: { channel, chaincode, audience, engine },
    obstacles,
    scheduler,
    ...(limits === undefined ? {} : { limits }),
  };
}

/** Rebuilding a long chain takes a while: one line for every thousand blocks. */
function progress(logger: Logger): (indexed: number) => void {
  return (indexed) => {
    if (indexed > 0 && indexed % 1000 === 0) logger.info({ indexed }, 'indexing');
  };
}

function reached(feed: IndexFeed, done: () => boolean, follower: BlockFollower): Promise<void> {
  if (done()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const check = () => {
      if (follower.failure !== undefined) {
        finish();
        reject(new GatewayError('NOT_READY', 'The index stopped.', { cause: follower.failure }));
      } else if (done()) {
        finish();
        resolve();
      }
    };
    const unsubscribe = feed.subscribe(check);
    const timer = setInterval(check, 200);
    const finish = () => {
      unsubscribe();
      clearInterval(timer);
    };
  });
}

/** How long open requests may take to end when the gateway stops. */
const grace = 10_000;

function closeServer(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections();
    }, grace);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
