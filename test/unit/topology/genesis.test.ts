import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { encodeIdentity, parseBlock, parseConfigBlock, parseEnvelope } from '@yici/ledger';
import { dataHash } from '@yici/ledger/testing';
import {
  departmentPaths,
  encodeGenesis,
  ensurePki,
  genesisHashOf,
  parseTopology,
  readMaterial,
  type Topology,
} from '@yici/network/testing';
import { department, smallTopology } from './topologies.js';

describe('the genesis block', () => {
  let directory: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-genesis-'));
    ensurePki(parseTopology(smallTopology()), directory, new Date('2026-01-15T08:00:00Z'));
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const encode = (topology: Topology, folder = directory) =>
    encodeGenesis({
      topology,
      material: readMaterial(topology, folder),
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

  it('is a channel config that the ledger reads: members, node roles, policies, capabilities', () => {
    const topology = parseTopology(smallTopology());
    const config = parseConfigBlock(encode(topology));
    expect(config.channelId).to.equal('small');
    expect([...config.msps.keys()]).to.have.members(['AlphaMSP', 'BetaMSP']);
    expect([...config.capabilities]).to.deep.equal(['V3_0']);
    expect([...(config.application?.capabilities ?? [])]).to.deep.equal(['V2_5']);
    for (const path of ['Endorsement', 'LifecycleEndorsement', 'Readers', 'Writers', 'Admins']) {
      expect(config.policy(`/Channel/Application/${path}`), path).not.to.equal(undefined);
    }
    for (const department of topology.departments) {
      const paths = departmentPaths(directory, department.id);
      const roleOf = (file: string) =>
        config.msps
          .get(department.mspId)
          ?.validate(encodeIdentity(department.mspId, readFileSync(file)), new Date('2026-02-01'))
          .role;
      expect(roleOf(paths.peer.msp.certificate)).to.equal('peer');
      expect(roleOf(paths.user(`${department.id}.clerk1`).msp.certificate)).to.equal('client');
      expect(roleOf(paths.user(`${department.id}.admin`).msp.certificate)).to.equal('admin');
    }
  });

  it('lets two of two departments endorse and one of them not', () => {
    const config = parseConfigBlock(encode(parseTopology(smallTopology())));
    const signers = ['alpha', 'beta'].map((id) => {
      const mspId = id === 'alpha' ? 'AlphaMSP' : 'BetaMSP';
      const file = departmentPaths(directory, id).peer.msp.certificate;
      const bytes = encodeIdentity(mspId, readFileSync(file));
      return { identity: config.msps.get(mspId)!.validate(bytes), bytes };
    });
    const policy = config.policy('/Channel/Application/Endorsement')!;
    expect(policy.evaluate(signers).satisfied).to.equal(true);
    expect(policy.evaluate(signers.slice(0, 1)).satisfied).to.equal(false);
  });

  it('of the embedded engine names one orderer, of the fabric engine every consenter', () => {
    const departments = ['a', 'b', 'c', 'd'].map((id, index) => ({
      ...department(id, 1),
      mspId: `${id}MSP`,
      ports: { peer: 7051 + index, orderer: 8051 + index },
    }));
    const folder = join(directory, 'four');
    const config = (engine: 'embedded' | 'fabric') => {
      const topology = parseTopology(smallTopology({ departments, engine }));
      ensurePki(topology, folder, new Date('2026-01-15T08:00:00Z'));
      return parseConfigBlock(encode(topology, folder)).orderer;
    };
    expect(config('embedded')).to.include({ type: 'etcdraft' });
    expect(config('embedded')?.organizations).to.have.length(1);
    expect(config('fabric')).to.include({ type: 'BFT' });
    expect(config('fabric')?.consenters.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4]);
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
