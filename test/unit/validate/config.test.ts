import { expect } from 'chai';
import {
  channelConfigFrom,
  LedgerError,
  parseConfigBlock,
  WireWriter,
  encodeConfig,
  encodeMspConfig,
  type ConfigGroup,
} from '@yici/ledger';
import { decodeConfig } from '@yici/ledger/testing';
import {
  CHANNEL,
  channelConfig,
  configBytes,
  editGroup,
  group,
  meta,
  organization,
  signature,
  value,
  withValue,
} from '../../support/ledger/channel.js';
import { createLab, type Lab } from '../../support/ledger/lab.js';
import { block, configEnvelope } from '../../support/ledger/transaction.js';

function refusal(run: () => unknown): LedgerError {
  try {
    run();
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
  throw new TypeError('expected a LedgerError');
}

describe('a channel config', () => {
  let lab: Lab;

  before(async () => {
    lab = await createLab();
  });

  const read = (edit: (tree: ConfigGroup) => ConfigGroup): ReturnType<typeof channelConfig> =>
    channelConfig({
      organizations: [lab.hrss.organization.definition, lab.data.organization.definition],
      orderer: lab.ordererOrganization.definition,
      edit,
    });

  it('is read with its organisations, capabilities, batch settings and policies', () => {
    const { config } = lab;
    expect(config.channelId).to.equal(CHANNEL);
    expect(config.sequence).to.equal(0n);
    expect([...config.capabilities]).to.deep.equal(['V3_0']);
    expect([...config.msps.keys()].sort()).to.deep.equal([
      'DataBureauMSP',
      'FinanceMSP',
      'HrssMSP',
      'OrdererMSP',
    ]);
    expect(config.application?.organizations.map(({ mspId }) => mspId).sort()).to.deep.equal([
      'DataBureauMSP',
      'FinanceMSP',
      'HrssMSP',
    ]);
    expect(config.orderer?.organizations[0]?.endpoints).to.deep.equal(['127.0.0.1:6050']);
    expect(config.orderer?.batch).to.deep.equal({
      maxMessageCount: 100,
      absoluteMaxBytes: 1_000_000,
      preferredMaxBytes: 500_000,
      timeoutMs: 1000,
    });
    expect(config.policy('/Channel/Application/Endorsement')?.text).to.equal(
      'MAJORITY of 3 Endorsement policies',
    );
    expect(config.policy('/Channel/Application/HrssMSP/Admins')?.text).to.equal('HrssMSP.admin');
    expect(config.policy('/Channel/Application/Nothing')).to.equal(undefined);
    expect(config.policy('/Elsewhere/Admins')).to.equal(undefined);
  });

  it('is the same after being written and read', () => {
    const bytes = configBytes({
      organizations: [lab.hrss.organization.definition],
      orderer: lab.ordererOrganization.definition,
    });
    expect(Buffer.from(encodeConfig(decodeConfig(bytes))).equals(bytes)).to.equal(true);
  });

  it('is found in its block, the genesis block or a later one', () => {
    const data = new WireWriter().message(1, lab.config.bytes).finish();
    const parsed = parseConfigBlock(block(0n, configEnvelope(lab.orderer, data)));
    expect(parsed.channelId).to.equal(CHANNEL);
    expect(Buffer.from(parsed.bytes).equals(lab.config.bytes)).to.equal(true);
    expect(refusal(() => parseConfigBlock(block(0n))).code).to.equal('MALFORMED_CONFIG');
  });

  it('reads consenters, anchor peers and access control lists', () => {
    const consenter = new WireWriter()
      .varint(1, 2)
      .string(2, 'orderer0.hrss')
      .varint(3, 7050)
      .string(4, 'OrdererMSP')
      .bytes(5, Buffer.from(lab.orderer.pem))
      .finish();
    const anchor = new WireWriter().string(1, 'peer0.hrss').varint(2, 7051).finish();
    const acl = (name: string, path: string): Uint8Array =>
      new WireWriter()
        .string(1, name)
        .message(2, new WireWriter().string(1, path).finish())
        .finish();
    const config = read((tree) => {
      const ordered = editGroup(tree, ['Orderer'], (inner) =>
        withValue(inner, 'Orderers', value(new WireWriter().message(1, consenter).finish())),
      );
      const anchored = editGroup(ordered, ['Application', 'HrssMSP'], (inner) =>
        withValue(inner, 'AnchorPeers', value(new WireWriter().message(1, anchor).finish())),
      );
      const acls = [acl('peer/Propose', 'Writers'), acl('event/Block', '/Channel/Readers')];
      return editGroup(anchored, ['Application'], (inner) =>
        withValue(inner, 'ACLs', value(new WireWriter().repeated(1, acls).finish())),
      );
    });
    expect(config.consenters[0]).to.include({ id: 2, host: 'orderer0.hrss', port: 7050 });
    const hrss = config.application?.organizations.find(({ mspId }) => mspId === 'HrssMSP');
    expect(hrss?.anchorPeers).to.deep.equal([{ host: 'peer0.hrss', port: 7051 }]);
    expect([...(config.application?.acls ?? [])]).to.deep.equal([
      ['peer/Propose', '/Channel/Application/Writers'],
      ['event/Block', '/Channel/Readers'],
    ]);
  });

  const broken: Readonly<Record<string, (tree: ConfigGroup) => ConfigGroup>> = {
    'an unknown value': (tree) => withValue(tree, 'Colour', value(Uint8Array.of(1))),
    'an unknown group': (tree) => ({
      ...tree,
      groups: new Map([...tree.groups, ['Consortiums', group({})]]),
    }),
    'a name that Fabric does not allow': (tree) => ({
      ...tree,
      policies: new Map([...tree.policies, ['a b', meta('any', 'Readers')]]),
    }),
    'another hashing algorithm': (tree) =>
      withValue(tree, 'HashingAlgorithm', value(new WireWriter().string(1, 'SM3').finish())),
    'a tree of data hashes': (tree) =>
      withValue(tree, 'BlockDataHashingStructure', value(new WireWriter().varint(1, 2).finish())),
    'global orderer addresses beside V3_0': (tree) =>
      withValue(tree, 'OrdererAddresses', value(new WireWriter().string(1, 'a:1').finish())),
    'an empty batch': (tree) =>
      editGroup(tree, ['Orderer'], (inner) =>
        withValue(inner, 'BatchSize', value(new Uint8Array(0))),
      ),
    'a batch time that is no duration': (tree) =>
      editGroup(tree, ['Orderer'], (inner) =>
        withValue(inner, 'BatchTimeout', value(new WireWriter().string(1, '2 s').finish())),
      ),
    'an orderer organisation without endpoints': (tree) =>
      editGroup(tree, ['Orderer', 'OrdererMSP'], (inner) => {
        const values = new Map(inner.values);
        values.delete('Endpoints');
        return { ...inner, values };
      }),
    'groups inside an organisation': (tree) =>
      editGroup(tree, ['Application', 'HrssMSP'], (inner) => ({
        ...inner,
        groups: new Map([['Inner', group({})]]),
      })),
    'two definitions of one MSP': (tree) =>
      editGroup(tree, ['Application', 'HrssMSP'], (inner) =>
        withValue(
          inner,
          'MSP',
          value(encodeMspConfig({ ...lab.hrss.organization.definition, mspId: 'DataBureauMSP' })),
        ),
      ),
    'an MSP that cannot be set up': (tree) =>
      editGroup(tree, ['Application', 'HrssMSP'], (inner) =>
        withValue(inner, 'MSP', value(encodeMspConfig({ mspId: 'HrssMSP', rootCerts: [] }))),
      ),
  };

  for (const [what, edit] of Object.entries(broken)) {
    it(`is refused with ${what}`, () => {
      expect(refusal(() => read(edit)).code).to.equal('MALFORMED_CONFIG');
    });
  }

  it('is refused with a policy that does not compile, or of a type that Fabric does not know', () => {
    const policy = (item: ReturnType<typeof meta>): LedgerError =>
      refusal(() =>
        read((tree) => ({ ...tree, policies: new Map([...tree.policies, ['Odd', item]]) })),
      );
    const unknown = { ...meta('any', 'Readers'), policy: { type: 2, value: new Uint8Array(0) } };
    const empty = { ...meta('any', 'Readers'), policy: undefined };
    const spoilt = { ...signature(`OR('A.peer')`), policy: { type: 1, value: Uint8Array.of(9) } };
    for (const item of [unknown, empty, spoilt]) {
      expect(['MALFORMED_CONFIG', 'MALFORMED_POLICY']).to.include(policy(item).code);
    }
  });

  it('is refused for a channel whose name Fabric does not allow', () => {
    for (const name of ['', 'District', '1st', 'a_b', 'a'.repeat(250)]) {
      expect(refusal(() => channelConfigFrom(lab.config.bytes, name)).code).to.equal(
        'MALFORMED_CONFIG',
      );
    }
  });

  it('is refused, never crashed on, when its bytes are spoilt', () => {
    for (let index = 0; index < 200; index += 1) {
      const copy = Uint8Array.from(lab.config.bytes);
      const position = (index * 101) % copy.length;
      copy[position] = (copy[position] ?? 0) ^ (1 << (index % 8));
      try {
        channelConfigFrom(copy, CHANNEL);
      } catch (error) {
        expect(error).to.be.instanceOf(LedgerError);
      }
    }
  });

  it('takes an organisation by its group name and its MSP id apart', () => {
    const config = read((tree) =>
      editGroup(tree, ['Application'], (inner) => {
        const groups = new Map(inner.groups);
        groups.delete('HrssMSP');
        groups.set('Hrss', organization(lab.hrss.organization.definition));
        return { ...inner, groups };
      }),
    );
    expect(config.application?.organizations.find(({ name }) => name === 'Hrss')?.mspId).to.equal(
      'HrssMSP',
    );
    expect(config.policy('/Channel/Application/Hrss/Endorsement')?.text).to.equal('HrssMSP.peer');
  });
});
