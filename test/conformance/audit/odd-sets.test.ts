import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  commitHashOf,
  encodeSignaturePolicy,
  hashKey,
  parseBlock,
  transactionsFilter,
  validationCodeName,
  type MetadataEntry,
  type NamespaceRwSet,
  type ParsedBlock,
  parseSignaturePolicy,
} from '@yici/ledger';
import { MemoryState, VALIDATION_PARAMETER } from '@yici/ledger/testing';
import { connectWith, yiciNetwork, type Connected } from '../../integration/topology/support.js';
import { nativeDepartments, nativeMsp, temporaryFolder } from '../../support/fabric-network.js';
import { needsFabric } from '../../support/fabric.js';
import { oddRwSet, oddSets, type OddLine, type OddSet } from '../../support/ledger/odd-sets.js';
import { replay } from '../../support/ledger/real-blocks.js';
import { transaction } from '../../support/ledger/transaction.js';
import { channel, LiveChannel, pair } from './support/live-channel.js';

/** Sequences of transactions about the same two keys; the same in every run, so that a failure can be looked at again. */
const sequences = fc
  .sample(oddSets, { seed: 20_260_101, numRuns: 60 })
  .map((sets) => sets.filter((set, index) => !mayHalt(sets.slice(0, index), set)));

const longest = Math.max(...sequences.map((sets) => sets.length));

/** Metadata after a delete in one block end a peer: that is a test of its own. */
function mayHalt(earlier: readonly OddSet[], set: OddSet): boolean {
  const isNote = ({ what }: OddLine) => what === 'annotate' || what === 'bare';
  const isEnd = ({ what }: OddLine) => what === 'remove' || what === 'purge';
  // Two of the same sum up to something else, so a pair counts as what it may come to.
  const twice = (lines: OddSet) => lines.length > 1;
  return (
    (set.some(isNote) || twice(set)) &&
    (earlier.flat().some(isEnd) || earlier.some((one) => one.filter(isNote).length > 1))
  );
}

/** A policy that everybody who endorses here satisfies. */
const note = (value: number): MetadataEntry => {
  const mspId = nativeMsp[nativeDepartments[value % nativeDepartments.length] ?? 'data'];
  const policy = encodeSignaturePolicy(parseSignaturePolicy(`OR('${mspId}.peer')`));
  return { name: VALIDATION_PARAMETER, value: policy };
};

const nameOf = (sequence: number, key: number) => `odd.${String(sequence)}.${String(key)}`;

describe('odd read-write sets on a live network', function () {
  this.timeout(400_000);
  let live: LiveChannel;
  let directory: string;
  let client: Connected;

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    directory = temporaryFolder();
    live = await LiveChannel.open(directory);
    client = connectWith(join(directory, 'identities', 'finance.clerk1'));
  });

  after(async () => {
    (client as Connected | undefined)?.close();
    await (live as LiveChannel | undefined)?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  const envelopeOf = async (rwset: NamespaceRwSet): Promise<Uint8Array> =>
    transaction({
      creator: await live.user('data.clerk1'),
      endorsers: nativeDepartments.map((id) => live.peer(id)),
      channel,
      chaincode: 'lab',
      rwset: [rwset],
    }).envelope;

  const odd = (set: OddSet, sequence: number): Promise<Uint8Array> =>
    envelopeOf(
      oddRwSet(set, {
        chaincode: 'lab',
        collection: pair,
        key: (key) => nameOf(sequence, key),
        note,
      }),
    );

  /** Hands them in at once, for orderers to put many into a block: peers look some seconds for what a block keeps back. */
  const order = async (envelopes: readonly Uint8Array[]): Promise<void> => {
    const answers = await Promise.all(envelopes.map((each) => live.orderers.broadcast(each)));
    for (const one of answers) expect(one.map(({ status }) => status)).to.include('SUCCESS');
  };

  const blocks = async (department: string): Promise<ParsedBlock[]> => {
    await live.untilLevel(200_000);
    const out = join(directory, 'exported', department);
    rmSync(out, { recursive: true, force: true });
    const at = ['--dir', directory, '--department', department];
    const done = await yiciNetwork('blocks', 'export', '--out', out, ...at);
    expect(done.code, done.err).to.equal(0);
    return readdirSync(out)
      .map((name) => parseBlock(readFileSync(join(out, name))))
      .sort((one, other) => Number(one.number - other.number));
  };

  const ask = async (name: string, ...args: string[]): Promise<string> => {
    const contract = client.gateway.getNetwork(channel).getContract('lab');
    return Buffer.from(await contract.evaluateTransaction(name, ...args)).toString();
  };

  it('come to the codes, the commit hashes and the state that ours come to', async () => {
    const there: OddLine[] = [0, 1].flatMap((key) =>
      [true, false].flatMap((hidden) => [
        { what: 'put' as const, hidden, key, value: 9 },
        { what: 'annotate' as const, hidden, key, value: key },
      ]),
    );
    // Half of them begin with keys that are there and have a policy.
    const begun = await Promise.all(
      sequences.map((_, index) => odd(index % 2 === 0 ? there : [], index)),
    );
    await order(begun);
    // The next of every sequence, behind those before it and often in one block with them.
    for (let at = 0; at < longest; at += 1) {
      const round = sequences.flatMap((sets, index) => {
        const set = sets[at];
        return set === undefined ? [] : [odd(set, index)];
      });
      await order(await Promise.all(round));
    }
    const judged = await replay(await blocks('finance'));
    const state = new MemoryState();
    for (const { block, verdict, commitHash } of judged) {
      const codes = verdict.transactions.map(({ code }) => validationCodeName(code));
      const theirs = Array.from(transactionsFilter(block) ?? [], (code) =>
        validationCodeName(code),
      );
      if (block.number > 0n) expect(theirs, `block ${block.number}`).to.deep.equal(codes);
      if (block.number > 0n) expect(commitHashOf(block)).to.deep.equal(commitHash);
      state.apply(verdict.updates, []);
    }
    expect(judged.some(({ block }) => block.envelopes.length > 3)).to.equal(true);
    for (const name of sequences.flatMap((_, index) => [nameOf(index, 0), nameOf(index, 1)])) {
      const answers = [
        await ask('get', name),
        await ask('getPolicy', name),
        await ask('getPrivateHash', pair, name),
      ];
      expect(answers, name).to.deep.equal(ours(state, name));
    }
  });

  it('end every peer where ours stop: metadata of a key that the same block deleted', async () => {
    const log = (id: string) => {
      const folder = join(directory, 'logs');
      const file = readdirSync(folder).find((name) => name.includes('peer') && name.includes(id));
      return file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
    };
    const ended = () => nativeDepartments.every((id) => log(id).includes('Nil value not allowed'));
    // The two must come into one block, which the orderers decide.
    for (let round = 1_000; round < 1_010 && !ended(); round += 1) {
      const line = (what: OddLine['what']) => ({ what, hidden: false, key: 0, value: 0 });
      await order([await odd([line('put')], round)]);
      await delay(2_000);
      const both = [await odd([line('remove')], round), await odd([line('annotate')], round)];
      await Promise.all(both.map((each) => order([each])));
      await delay(3_000);
    }
    expect(ended()).to.equal(true);
  });
});

/** What we have for a key: its value, whose policy it has, and the hash of its private namesake. */
function ours(state: MemoryState, name: string): readonly string[] {
  const known = state.get('lab', name);
  const policy = known?.metadata?.get(VALIDATION_PARAMETER);
  const hash = state.getHash('lab', pair, hashKey(name));
  return [
    Buffer.from(known?.value ?? []).toString(),
    JSON.stringify(nativeDepartments.map((id) => nativeMsp[id]).filter(ownerOf(policy))),
    Buffer.from(hash?.valueHash ?? []).toString('hex'),
  ];
}

/** Whether an MSP is the one that a policy of {@link note} names. */
function ownerOf(policy: Uint8Array | undefined): (mspId: string) => boolean {
  return (mspId) => policy !== undefined && Buffer.from(policy).includes(mspId);
}
