import { join } from 'node:path';
import { decodeIdentity, parseConfigBlock } from '@yici/ledger';
import type { Logger } from 'pino';
import { Viewers } from '../access/viewers.js';
import { noteAccounts } from '../audit/accounts.js';
import { configNotes, nameOf, usesOf } from '../audit/notes.js';
import { ChangeDesk } from '../channel-changes/desk.js';
import { CustodialRunner } from '../commands/runner.js';
import { Transactions } from '../commands/transactions.js';
import { writeParts, type WriteDependencies } from '../commands/write-parts.js';
import type { GatewayError } from '../errors.js';
import { accountsWatch, readAccounts } from '../custody/account-files.js';
import { CustodialAccounts } from '../custody/accounts.js';
import { IndexFeed } from '../index-store/feed.js';
import { IndexReader } from '../index-store/reader.js';
import { userNames } from '../index-store/user-names.js';
import { BlockFollower } from '../indexing/follower.js';
import { Admission } from '../peer/admission.js';
import { deliverSource, withOlderBlocks, type BlockSource } from '../peer/block-source.js';
import { LedgerReader } from '../peer/ledger-reader.js';
import type { Target } from '../peer/port.js';
import { WholeBlocks } from '../peer/whole-blocks.js';
import { Proposer } from '../scheduler/proposer.js';
import { Login } from '../sessions/login.js';
import { Membership } from '../sessions/membership.js';
import { ChainBook } from '../signoff/chain-book.js';
import { SignoffDesk } from '../signoff/desk.js';
import type { UsageLog } from '../stats/usage-log.js';
import { firstFailure, withLedger } from '../store/states.js';
import { defaultDocuments, type GatewayDependencies, type GatewayOptions } from './options.js';
import type { Stores } from './stores.js';

type DeskParts = Omit<ConstructorParameters<typeof SignoffDesk>[0], 'chains'> & {
  readonly membership: Membership;
};

export type Core = ReturnType<typeof assemble>;

/** Puts the parts together that answer requests and follow the blocks. */
export function assemble(
  options: GatewayOptions,
  dependencies: Required<GatewayDependencies>,
  stores: Stores,
) {
  const { peer, identity, departments, logger, now, ledgerFailure, standingIn } = dependencies;
  const { pending, documents, drafts, audit, refusals, journal } = stores;
  const storage = withLedger(stores.health, ledgerFailure, now);
  const target = { channel: options.channel, chaincode: options.chaincode };
  const { mspId, certificate } = decodeIdentity(identity.creator);
  const delivered = deliverSource(peer, target.channel, identity, now);
  const source = withOlderBlocks(options.olderBlocks, delivered);
  const index = new IndexReader(stores.index);
  const feed = new IndexFeed();
  const callers = assembleCallers(options, stores, now);
  const { membership } = callers;
  const admission = assembleAdmission(options, dependencies, membership, () => follower.refusal);
  const write = writeParts(target, {
    ...{ peer, pending, index, feed, now, refusal: () => admission.refusal },
    place: () => membership.placeOf(mspId),
    storageFailure: () => firstFailure(storage()),
    onRefused: refusalNotes(journal, index, identity.creator),
  });
  const transactions = new Transactions(write);
  const follower = assembleFollower(target, source, dependencies, stores, feed, callers);
  return {
    ...callers,
    ...{ options, index, feed, storage, documents, drafts, audit, refusals, journal, now, logger },
    viewers: new Viewers(index, feed),
    ...{ transactions, standingIn, certificate, admission, follower },
    ...assembleDesks(options.directory, { drafts, audit, index, transactions, membership, now }),
    runner: new CustodialRunner(write, { onUse: usesOf(audit) }),
    proposer: new Proposer({ identity, membership, index, write }),
    gatewayName: nameOf(identity),
    documentTypes: (options.documents ?? defaultDocuments).types,
    ledger: new LedgerReader(target, { peer, identity, now }),
    blocks: new WholeBlocks(source),
    ownPeers: new Map([[mspId, peer], ...departments]),
  };
}

function assembleAdmission(
  { orderersRefuse }: GatewayOptions,
  { identity, logger }: Required<GatewayDependencies>,
  membership: Membership,
  streamRefusal: () => GatewayError | undefined,
): Admission {
  const { mspId } = decodeIdentity(identity.creator);
  const config = () => membership.config;
  return new Admission({ mspId, config, streamRefusal, orderersRefuse, logger });
}

/** Where officials pass acts on for sign-off, and departments changes of the channel. */
function assembleDesks(
  directory: string,
  { membership, ...parts }: DeskParts,
): { readonly signoffs: SignoffDesk; readonly changes: ChangeDesk } {
  const { now } = parts;
  const chains = new ChainBook(join(directory, 'signoff'));
  const changes = { config: () => membership.config, now };
  return {
    signoffs: new SignoffDesk({ ...parts, chains }),
    changes: new ChangeDesk(join(directory, 'channel-changes'), changes),
  };
}

/**
 * Notes what the contract refused under the caller's department; not what the gateway itself proposed because its time had
 * come, which another gateway may have done before.
 */
function refusalNotes(
  journal: UsageLog,
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
  source: BlockSource,
  { logger }: Required<GatewayDependencies>,
  { index: store, audit }: Stores,
  feed: IndexFeed,
  { login, membership }: ReturnType<typeof assembleCallers>,
): BlockFollower {
  const note = configNotes(audit, logger);
  return new BlockFollower(target, {
    store,
    source,
    feed,
    userName: userNames(),
    onConfig: (block) => {
      const config = parseConfigBlock(block);
      membership.update(config);
      login.recheck();
      note(config);
    },
    onProgress: progress(logger),
    onRebuild: (layout) =>
      logger.warn(
        { layout },
        'the index has the layout of another release: made anew from block 0',
      ),
    onLost: (error) => logger.warn({ err: error }, 'block stream lost'),
  });
}

/** Who may call: members who log in, and accounts whose keys are kept here. */
function assembleCallers(options: GatewayOptions, { key, audit }: Stores, now: () => Date) {
  const { channel, audience } = options;
  const membership = new Membership({ now });
  const login = new Login({ channel, audience }, { membership, now });
  const custody = join(options.directory, 'custody');
  const accounts = new CustodialAccounts({
    source: { read: () => readAccounts(custody), changed: accountsWatch(custody) },
    key,
    callerOf: (mspId, pem) => membership.member(mspId, pem).caller,
    note: (files) => noteAccounts(audit, files),
  });
  return { membership, login, accounts };
}

/** Rebuilding a long chain takes a while: one line for every thousand blocks. */
function progress(logger: Logger): (indexed: number) => void {
  return (indexed) => {
    if (indexed > 0 && indexed % 1000 === 0) logger.info({ indexed }, 'indexing');
  };
}
