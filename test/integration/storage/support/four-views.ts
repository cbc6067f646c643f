import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyKinds } from '@yici/domain/model';
import { BlockFollower, IndexFeed, IndexReader, openLevelStore } from '@yici/gateway/testing';
import {
  ChainVerifier,
  hashKey,
  headerHash,
  parseBlock,
  parseConfigBlock,
  validateBlock,
  type AuditReport,
  type StateReader,
  type VersionedValue,
} from '@yici/ledger';
import { MemoryState } from '@yici/ledger/testing';
import type { ChannelLedger } from '@yici/network/testing';
import { CHAINCODE, type Lab } from './lab.js';

/** What a view has of the keys that a test asks for: public values, their metadata and heights, and hashes. */
export type View = readonly (readonly [key: string, state: unknown])[];

/** An act of a case, which the index takes up in a way of its own, or any other record. */
const kindOf = (name: string) => (name.endsWith('.1') ? 'caseEvent' : 'department');

/** Keys are composite: the index keeps no others. */
export const compositeOf = (name: string): string =>
  `\u0000${keyKinds[kindOf(name)].objectType}\u0000${name}\u0000`;

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');
const notes = (metadata: VersionedValue['metadata']) =>
  [...(metadata ?? [])].map(([name, value]) => [name, hex(value)]);

function viewOf(
  state: Pick<StateReader, 'get' | 'getHash'>,
  names: readonly string[],
  collection: string,
): View {
  return names.map((name) => {
    const key = compositeOf(name);
    const open = state.get(CHAINCODE, key);
    const hash = state.getHash(CHAINCODE, collection, hashKey(key));
    return [
      name,
      {
        open: open && [hex(open.value), open.version, notes(open.metadata)],
        hash: hash && [hex(hash.valueHash), hash.version, notes(hash.metadata)],
      },
    ];
  });
}

/** The state that was committed. */
export async function committed(
  ledger: ChannelLedger,
  names: readonly string[],
  collection: string,
): Promise<View> {
  const snapshot = ledger.snapshot();
  try {
    return viewOf(snapshot, names, collection);
  } finally {
    await snapshot.close();
  }
}

/** The state after a rebuild from the block files. The ledger must be closed. */
export async function rebuilt(
  lab: Lab,
  names: readonly string[],
  collection: string,
): Promise<View> {
  const ledger = await lab.open({ rebuild: true });
  try {
    return await committed(ledger, names, collection);
  } finally {
    await ledger.close();
  }
}

/** What an auditor comes to who has the blocks alone, and what it says of them. */
export async function audited(
  ledger: ChannelLedger,
  names: readonly string[],
  collection: string,
): Promise<{ readonly view: View; readonly report: AuditReport }> {
  const blocks = await blocksOf(ledger);
  const [genesis] = blocks.map((bytes) => parseBlock(bytes));
  if (genesis === undefined) throw new RangeError('a ledger has a genesis block');
  const verifier = new ChainVerifier({
    genesisHash: Buffer.from(headerHash(genesis)).toString('hex'),
  });
  const state = new MemoryState();
  let config = parseConfigBlock(genesis);
  for (const [number, bytes] of blocks.entries()) {
    await verifier.add(BigInt(number), bytes);
    const verdict = await validateBlock(parseBlock(bytes), { config, state });
    config = verdict.config ?? config;
    state.apply(
      verdict.updates,
      verdict.transactions.map(({ txId }) => txId),
    );
  }
  return { view: viewOf(state, names, collection), report: verifier.report() };
}

/** The values that a gateway's index has after it followed every block, by name. */
export async function indexed(
  ledger: ChannelLedger,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const directory = await mkdtemp(join(tmpdir(), 'yici-views-'));
  const store = await openLevelStore(directory);
  const feed = new IndexFeed();
  const last = Number(ledger.height) - 1;
  const done = new Promise<void>((resolve) => {
    feed.subscribe(({ block }) => {
      if (block === last) resolve();
    });
  });
  const follower = new BlockFollower(
    { channel: ledger.channel, chaincode: CHAINCODE },
    {
      store,
      feed,
      source: { blocks: (from, to, signal) => some(ledger, from, to, signal) },
      userName: () => ({ user: 'somebody', role: null, section: null }),
      onConfig: () => undefined,
    },
  );
  try {
    await follower.start();
    await done;
    const reader = new IndexReader(store);
    return new Map(names.map((name) => [name, reader.recordText(kindOf(name), name)]));
  } finally {
    await follower.close();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The values of a view in the form of {@link indexed}. */
export function openValues(view: View): ReadonlyMap<string, string | undefined> {
  return new Map(
    view.map(([name, state]) => {
      const { open } = state as { readonly open?: readonly [string, ...unknown[]] };
      return [name, open && Buffer.from(open[0], 'hex').toString()];
    }),
  );
}

async function* some(
  ledger: ChannelLedger,
  from: number,
  to: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let number = from;
  for await (const block of ledger.blocks(BigInt(from), signal)) {
    yield block;
    if (number === to) return;
    number += 1;
  }
}

async function blocksOf(ledger: ChannelLedger): Promise<readonly Uint8Array[]> {
  const blocks: Uint8Array[] = [];
  for (let number = 0n; number < ledger.height; number += 1n) {
    const block = await ledger.blockByNumber(number);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}
