import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AuditJson } from '@yici/client/testing';
import {
  blockMetadataIndex,
  commitHashOf,
  decodePayload,
  decodeEnvelope,
  encodeBlock,
  parseBlock,
  parseEnvelope,
  transactionsFilter,
  validationCode,
  validationCodeName,
  withMetadata,
  withTransactionsFilter,
  type ParsedBlock,
} from '@yici/ledger';
import { decodeConfigEnvelope } from '@yici/ledger/testing';
import { expect } from 'chai';
import { exitOf, yiciNetwork } from '../../integration/topology/support.js';
import { nativeDepartments, temporaryFolder } from '../../support/fabric-network.js';
import { needsFabric } from '../../support/fabric.js';
import { replay } from '../../support/ledger/real-blocks.js';
import { configTraffic } from './support/config-traffic.js';
import { craftedTraffic, refusedTraffic } from './support/crafted-traffic.js';
import { clientsTraffic, lifecycleTraffic } from './support/gateway-traffic.js';
import { LiveChannel } from './support/live-channel.js';
import { Traffic, type Mark } from './support/traffic.js';

const yici = join(
  dirname(createRequire(import.meta.url).resolve('@yici/client')),
  'bin',
  'yici.js',
);

describe('yici audit verify on the blocks of a live network of SmartBFT orderers', function () {
  this.timeout(400_000);
  let live: LiveChannel;
  let traffic: Traffic;
  let directory: string;

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    directory = temporaryFolder();
    live = await LiveChannel.open(directory);
    traffic = new Traffic(live);
  });

  after(async () => {
    await (live as LiveChannel | undefined)?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  const exported = (department: string): string => join(directory, 'exported', department);
  const blocksOf = (department: string): ParsedBlock[] =>
    readdirSync(exported(department))
      .map((name) => parseBlock(readFileSync(join(exported(department), name))))
      .sort((one, other) => Number(one.number - other.number));

  const audit = async (folder: string): Promise<[number, AuditJson]> => {
    const args = ['audit', 'verify', folder, '--pin', live.network.genesisHash, '--json'];
    const child = spawn(process.execPath, [yici, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    const parts: string[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part.toString()));
    const code = await exitOf(child);
    return [code, JSON.parse(parts.join('')) as AuditJson];
  };

  it('goes over what clients did: conflicts, phantoms, missing endorsements, private data', async () => {
    await clientsTraffic(traffic, live);
  });

  it('goes over approvals and commits, one of them by too few', async () => {
    await lifecycleTraffic(traffic, live);
  });

  it('goes over what orderers let through that no honest client makes', async () => {
    await craftedTraffic(traffic, live);
  });

  it('goes over config updates, after which a revoked user is not heard', async () => {
    await configTraffic(traffic, live);
  });

  it('goes over an upgrade of the chaincode', async () => {
    await live.network.upgrade({ version: '2.0' });
    const call = { user: 'data.clerk1', name: 'put', args: ['upgraded', 'x'] };
    await traffic.call('a write of the new version', call);
  });

  it('goes over transactions that come again when orderers have forgotten them', async () => {
    const [valid, invalid] = ['a transaction made by hand', 'one endorsement three times'].map(
      (name) => traffic.ordered.find(({ what }) => what === name)?.by,
    );
    await live.restartOrderers();
    for (const mark of [valid, invalid]) {
      const envelope = mark !== undefined && 'envelope' in mark ? mark.envelope : new Uint8Array();
      await traffic.order('the same again', envelope, 'DUPLICATE_TXID');
    }
  });

  it('need not see what orderers refuse', async () => {
    await refusedTraffic(traffic, live);
    expect(traffic.refused.map(({ what, statuses }) => [what, ...statuses])).to.deep.equal([
      ['a new timeout by one', 'BAD_REQUEST'],
      ['a transaction by whom was revoked', 'FORBIDDEN'],
      ['nothing', 'BAD_REQUEST'],
      ['somebody else’s signature', 'FORBIDDEN'],
      ['a creator of no department', 'FORBIDDEN'],
      ['a creator of a foreign CA', 'FORBIDDEN'],
      ['another channel', 'BAD_REQUEST'],
      ['a config that no update led to', 'BAD_REQUEST'],
      ['a config update that cannot be read', 'BAD_REQUEST'],
    ]);
  });

  it('verifies what each of the four peers wrote, and recomputes every one of its codes', async () => {
    await traffic.call('the last', { user: 'data.clerk1', name: 'put', args: ['last', 'x'] });
    await live.untilLevel();
    for (const department of nativeDepartments) {
      const at = ['--dir', directory, '--department', department];
      const done = await yiciNetwork('blocks', 'export', '--out', exported(department), ...at);
      expect(done.code, done.err).to.equal(0);
      const [code, report] = await audit(exported(department));
      expect(report.findings).to.deep.equal([]);
      const recorded = blocksOf(department).flatMap(recordedCodes);
      expect([code, report]).to.deep.equal([
        0,
        {
          verdict: 'VERIFIED',
          height: blocksOf(department).length,
          transactions: recorded.length,
          codes: counted(recorded),
          findings: [],
        },
      ]);
    }
  });

  it('finds each transaction with the code that its making asks for', () => {
    const blocks = blocksOf('data');
    // Every orderer is handed each: one that has just started may order again what the others have ordered.
    const found = traffic.ordered.map(({ what, by }) => [what, ...new Set(codesFor(blocks, by))]);
    const last = new Set(['a transaction made by hand', 'one endorsement three times']);
    const expected = traffic.ordered.map(({ what, code }) =>
      last.has(what) ? [what, code, 'DUPLICATE_TXID'] : [what, code],
    );
    expect(found.filter(([what]) => what !== 'the same again')).to.deep.equal(
      expected.filter(([what]) => what !== 'the same again'),
    );
    for (const { what, envelope } of traffic.refused) {
      expect(codesFor(blocks, { envelope }), what).to.deep.equal([]);
    }
  });

  it('shows every code that SmartBFT orderers let through to a peer', () => {
    const names = new Set(blocksOf('data').flatMap(recordedCodes));
    expect([...names].sort()).to.deep.equal([
      'BAD_COMMON_HEADER',
      'BAD_HEADER_EXTENSION',
      'BAD_PROPOSAL_TXID',
      'BAD_RESPONSE_PAYLOAD',
      'BAD_RWSET',
      'DUPLICATE_TXID',
      'ENDORSEMENT_POLICY_FAILURE',
      'ILLEGAL_WRITESET',
      'INVALID_CHAINCODE',
      'INVALID_ENDORSER_TRANSACTION',
      'INVALID_OTHER_REASON',
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'VALID',
    ]);
  });

  it('comes to the state that the peers chained into their commit hashes', async () => {
    for (const { block, verdict, commitHash } of (await replay(blocksOf('finance'))).slice(1)) {
      const codes = verdict.transactions.map(({ code }) => validationCodeName(code));
      expect(codes, `block ${block.number}`).to.deep.equal(recordedCodes(block));
      expect(commitHash, `block ${block.number}`).to.deep.equal(commitHashOf(block));
    }
  });

  describe('on a copy that somebody changed', () => {
    let copy: string;

    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'yici-tampered-'));
      cpSync(exported('data'), copy, { recursive: true });
    });

    afterEach(() => {
      rmSync(copy, { recursive: true, force: true });
    });

    /** What is found when the block that holds a transaction is another. */
    const tampered = async (
      what: string,
      change: (block: ParsedBlock, tx: number) => Uint8Array,
    ) => {
      const mark = traffic.ordered.find((each) => each.what === what)?.by;
      const [place] = mark === undefined ? [] : placesOf(blocksOf('data'), mark);
      if (place === undefined) return expect.fail(`${what} is in no block`);
      const { block, tx } = place;
      writeFileSync(join(copy, `${block.number}.block`), change(block, tx));
      const [code, report] = await audit(copy);
      expect([code, report.verdict]).to.deep.equal([1, 'FAILED']);
      const findings = report.findings.map(({ code: name, block: at, tx: position }) => ({
        name,
        at: BigInt(at ?? -1) === block.number,
        tx: position === tx,
      }));
      return findings;
    };

    it('fails over a code that the peer did not come to, and names block and transaction', async () => {
      const findings = await tampered('the second of two', (block, tx) => {
        const codes = [...(transactionsFilter(block) ?? [])];
        codes[tx] = validationCode.VALID;
        return encodeBlock(withTransactionsFilter(block, codes));
      });
      expect(findings).to.deep.include({ name: 'CODE_MISMATCH', at: true, tx: true });
    });

    it('fails over one bit of a transaction, and names the block', async () => {
      const findings = await tampered('a write', (block, tx) => {
        const bytes = Buffer.from(encodeBlock(block));
        const at = bytes.indexOf(block.envelopes[tx] ?? new Uint8Array());
        bytes[at + 900] = (bytes[at + 900] ?? 0) ^ 1;
        return bytes;
      });
      expect(findings).to.deep.include({ name: 'DATA_HASH_MISMATCH', at: true, tx: false });
    });

    it('fails over a block whose orderers’ signatures are gone, and names it', async () => {
      const findings = await tampered('a write', (block) =>
        encodeBlock(withMetadata(block, blockMetadataIndex.signatures, new Uint8Array(0))),
      );
      expect(findings.filter(({ at }) => at)).to.not.deep.equal([]);
    });
  });
});

function recordedCodes(block: ParsedBlock): string[] {
  return Array.from(transactionsFilter(block) ?? [], (code) => validationCodeName(code));
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Where the transactions with a mark stand, in order. */
function placesOf(
  blocks: readonly ParsedBlock[],
  mark: Mark,
): { block: ParsedBlock; tx: number }[] {
  return blocks.flatMap((block) =>
    block.envelopes.flatMap((envelope, tx) => (bears(envelope, mark) ? [{ block, tx }] : [])),
  );
}

function codesFor(blocks: readonly ParsedBlock[], mark: Mark): string[] {
  return placesOf(blocks, mark).map(({ block, tx }) => recordedCodes(block)[tx] ?? 'none');
}

function bears(envelope: Uint8Array, mark: Mark): boolean {
  if ('envelope' in mark) return Buffer.compare(envelope, mark.envelope) === 0;
  const payload = decodePayload(decodeEnvelope(envelope).payload);
  if ('update' in mark) return holdsUpdate(payload.data, mark.update);
  return idOf(envelope) === mark.txId;
}

function holdsUpdate(data: Uint8Array, update: Uint8Array): boolean {
  try {
    const { lastUpdate } = decodeConfigEnvelope(data);
    return lastUpdate !== undefined && Buffer.compare(lastUpdate, update) === 0;
  } catch {
    return false;
  }
}

function idOf(envelope: Uint8Array): string {
  try {
    return parseEnvelope(envelope).channelHeader.txId;
  } catch {
    return '';
  }
}
