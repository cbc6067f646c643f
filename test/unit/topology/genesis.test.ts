import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dataHash, parseBlock, parseEnvelope } from '@yici/ledger';
import {
  encodeGenesis,
  ensurePki,
  genesisHashOf,
  parseTopology,
  readMaterial,
  type Topology,
} from '@yici/network';
import { smallTopology } from './topologies.js';

describe('the genesis block', () => {
  let directory: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-genesis-'));
    ensurePki(parseTopology(smallTopology()), directory, new Date('2026-01-15T08:00:00Z'));
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const encode = (topology: Topology) =>
    encodeGenesis({
      topology,
      material: readMaterial(topology, directory),
      parseDsl: () => expect.fail('no signature policy is in this topology'),
    });

  it('is the same bytes for the same keys and topology', () => {
    const topology = parseTopology(smallTopology());
    expect(Buffer.from(encode(topology)).equals(encode(topology))).to.equal(true);
  });

  it('is another block for another channel', () => {
    const hash = (channel: string) =>
      genesisHashOf(encode(parseTopology(smallTopology({ channel }))));
    expect(hash('one')).to.match(/^[0-9a-f]{64}$/);
    expect(hash('one')).not.to.equal(hash('two'));
  });

  it('is block 0 with one config envelope, which its header covers', () => {
    const block = parseBlock(encode(parseTopology(smallTopology())));
    expect(block.number).to.equal(0n);
    expect(block.previousHash).to.have.length(0);
    expect(block.envelopes).to.have.length(1);
    expect(Buffer.from(block.dataHash).equals(dataHash(block.envelopes))).to.equal(true);
    const { channelHeader } = parseEnvelope(block.envelopes[0]!);
    expect(channelHeader).to.include({ type: 1, channelId: 'small', version: 1 });
    expect(block.metadata).to.have.length(5);
  });
});
