import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlockFollower,
  createLogger,
  IndexFeed,
  openGateway,
  openLevelStore,
  type StateStore,
  type StoreChange,
} from '@yici/gateway/testing';
import { openEmbeddedPeer, type ChannelLedger, type EmbeddedPeer } from '@yici/network/testing';
import type { LongChain } from '../support/long-chain.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';

type Batches = readonly (readonly StoreChange[])[];

/**
 * Goal 8: a gateway's read index built from block 0, over the peer's Deliver service in this process, against the same
 * batches written to an empty store with nothing read or computed.
 */
export async function measureIndexRebuild(
  report: Report,
  options: BenchOptions,
  chain: LongChain,
): Promise<void> {
  const ledger = await chain.open();
  const peer = await openEmbeddedPeer({ ledger, peers: chain.peers, chaincodes: [] });
  try {
    const batches = await record(chain, ledger);
    const entries = batches.reduce((sum, changes) => sum + changes.length, 0);
    const figures = await alternate(
      {
        rebuild: async () => (entries * 1000) / (await rebuild(chain, peer)),
        raw: async () => (entries * 1000) / (await writeAll(batches)),
      },
      options.rounds,
    );
    report.figure('entries of the index to rebuild', entries, `in ${batches.length} batches`);
    report.spread('rebuild of the read index', spread(figures.rebuild), 'entries/s');
    report.spread('  the same batches, nothing else', spread(figures.raw), 'entries/s');
    report.goal({
      goal: '8',
      what: 'read index rebuilt from blocks / raw level batches',
      ratio: ratioOf(figures.rebuild, figures.raw),
      bound: { atLeast: 0.5 },
    });
  } finally {
    await peer.close();
    await ledger.close();
  }
}

async function rebuild(chain: LongChain, peer: EmbeddedPeer): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'yici-index-'));
  const { identity: creator, sign } = chain.user('data.gateway');
  const start = performance.now();
  const gateway = await openGateway(
    {
      channel: chain.topology.channel,
      chaincode: chain.topology.chaincode.name,
      engine: 'embedded',
      audience: 'bench',
      directory,
      rebuildIndex: true,
    },
    {
      peer: peer.gateway('DataBureauMSP'),
      identity: { creator, sign },
      logger: createLogger('silent'),
    },
  );
  await gateway.caughtUp();
  const milliseconds = performance.now() - start;
  await gateway.close();
  await rm(directory, { recursive: true });
  return milliseconds;
}

async function writeAll(batches: Batches): Promise<number> {
  return onNewStore(async (store) => {
    const start = performance.now();
    for (const changes of batches) await store.write(changes);
    return performance.now() - start;
  });
}

/** The batches that indexing the chain writes, in order. */
async function record(chain: LongChain, ledger: ChannelLedger): Promise<Batches> {
  return onNewStore(async (store) => {
    const batches: (readonly StoreChange[])[] = [];
    const recording: StateStore = {
      get: (key) => store.get(key),
      range: (range) => store.range(range),
      keys: (range) => store.keys(range),
      write: (changes, durable) => {
        batches.push(changes);
        return store.write(changes, durable);
      },
      clear: () => store.clear(),
      close: () => store.close(),
    };
    const { channel, chaincode } = chain.topology;
    const feed = new IndexFeed();
    const follower = new BlockFollower(
      { channel, chaincode: chaincode.name },
      {
        store: recording,
        source: { blocks: (from, to, signal) => blocksOf(ledger, from, to, signal) },
        feed,
        userName: () => ({ user: 'hrss.service1', role: 'service', section: null }),
        onConfig: () => undefined,
      },
    );
    const last = Number(ledger.height) - 1;
    const caughtUp = new Promise<void>((resolve) => {
      feed.subscribe(({ block }) => {
        if (block === last) resolve();
      });
    });
    await follower.start();
    await caughtUp;
    await follower.close();
    return batches;
  });
}

async function* blocksOf(
  ledger: ChannelLedger,
  from: number,
  to: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let next = from;
  for await (const block of ledger.blocks(BigInt(from), signal)) {
    yield block;
    if (next++ === to) return;
  }
}

async function onNewStore<R>(work: (store: StateStore) => Promise<R>): Promise<R> {
  const directory = await mkdtemp(join(tmpdir(), 'yici-raw-'));
  const store = await openLevelStore(join(directory, 'index'));
  try {
    return await work(store);
  } finally {
    await store.close();
    await rm(directory, { recursive: true });
  }
}
