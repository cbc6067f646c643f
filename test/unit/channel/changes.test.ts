import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  changeFingerprint,
  type CodedError,
  computeUpdate,
  consentTo,
  differences,
  encodeConfig,
  encodeConfigUpdate,
  encodeIdentity,
  identify,
  LedgerError,
  planUpdate,
  signedUpdate,
  type ChangeFile,
  type ChannelConfig,
} from '@yici/ledger';
import { decodeConfigUpdate, encodeGroup } from '@yici/ledger/testing';
import {
  channelChanges,
  departmentPaths,
  followMsp,
  merged,
  namedChange,
  NetworkError,
  orderersToRestart,
  planChange,
  proposeChange,
  readUser,
  rekeyed,
  signingThrough,
  settingFields,
  settingsOf,
  withSignature,
  type IdentityFiles,
} from '@yici/network/testing';
import { expect } from 'chai';
import { fabricTool, needsFabric } from '../../support/fabric.js';
import { revocationList, signingKey } from '../../support/ledger/organization.js';
import { change, makeCity, mspOf, type City } from './support.js';

describe('a change of the channel', () => {
  let city: City;
  /** Arguments by which each kind of change changes something. */
  let given: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  before(async () => {
    city = makeCity();
    given = {
      set: {
        settings: ['batch.timeout=100ms', 'bft.viewChangeTimeout=10s', 'batch.maxMessages=7'],
      },
      'add-department': { ...city.certified('centre') },
      'remove-department': { mspId: mspOf('west') },
      'consenter-address': { mspId: mspOf('east'), address: 'east.example:7055' },
      'consenter-tls': { ...city.certified('south') },
      'replace-consenter': { ...city.certified('south') },
      'anchor-peer': { mspId: mspOf('east'), address: 'east.example:7056' },
      'add-root': { ...city.certified('east') },
      'retire-root': { mspId: mspOf('east'), fingerprint: 'ab'.repeat(32) },
      'revocation-list': { mspId: mspOf('east'), list: await listOf('east') },
      capabilities: { of: 'application', level: 'V2_0' },
    };
  });

  after(() => {
    city.remove();
  });

  /** A revocation list of a department that names an administrator, its own by default. */
  const listOf = async (id: string, of = id): Promise<string> => {
    const { ca } = departmentPaths(city.directory, id);
    const [root, key] = [ca.certificate, ca.key].map((file) => readFileSync(file, 'utf8'));
    const { certificatePem } = admin(of);
    const crl = await revocationList(root!, await signingKey(key!), [certificatePem]);
    const body = Buffer.from(crl).toString('base64');
    return `-----BEGIN X509 CRL-----\n${body}\n-----END X509 CRL-----\n`;
  };
  const propose = (name: string, arguments_ = given[name] ?? {}): ChangeFile =>
    proposeChange(city.config, change(name, arguments_));
  const admin = (id: string) => readUser(city.topology, city.directory, `${id}.admin`);
  const refusal = (act: () => unknown): CodedError<string> => {
    try {
      act();
    } catch (error) {
      if (error instanceof NetworkError || error instanceof LedgerError) return error;
      throw error;
    }
    return expect.fail('it was not refused');
  };
  const linesOf = (file: ChangeFile): string[] =>
    differences(city.config, planChange(city.config, file).next).map(
      ({ element, words }) => `${element} ${words.en}`,
    );

  it('is computed as Fabric’s own configtxlator computes it, whatever is changed', function () {
    needsFabric(this, 'configtxlator');
    const file = (name: string) => join(city.directory, name);
    const write = (name: string, tree = city.config.tree) => {
      writeFileSync(file(name), encodeConfig({ sequence: 0n, channelGroup: tree }));
    };
    write('before.pb');
    // A root can be retired only where there are two.
    for (const { name } of channelChanges.filter((each) => each.name !== 'retire-root')) {
      const tree = change(name, given[name] ?? {}).apply(city.config);
      write('after.pb', tree);
      const args = ['--original', file('before.pb'), '--updated', file('after.pb')];
      execFileSync(fabricTool('configtxlator'), [
        ...['compute_update', '--channel_id', 'city', ...args, '--output', file('update.pb')],
      ]);
      const theirs = decodeConfigUpdate(readFileSync(file('update.pb')));
      const ours = computeUpdate(city.config.tree, tree, 'city');
      expect(theirs.channelId).to.equal(ours?.channelId);
      for (const set of ['readSet', 'writeSet'] as const) {
        expect(encodeGroup(theirs[set]!), `${name} ${set}`).to.deep.equal(encodeGroup(ours![set]));
      }
    }
  });

  it('says every element that differs, in words', () => {
    expect(linesOf(propose('set'))).to.include.members([
      'Orderer/BatchTimeout batch.timeout: 75ms → 100ms',
      'Orderer/BatchSize batch.maxMessages: 500 → 7',
      'Orderer/ConsensusType bft.viewChangeTimeout: 5s → 10s',
    ]);
    const joined = linesOf(propose('add-department'));
    expect(joined.filter((line) => line.startsWith('Application/CENTREMSP/'))).to.have.length.above(
      5,
    );
    expect(joined).to.include('Orderer/Orderers added: consenter 5: address 10.9.0.5:7050');
    const quorum = joined.find((line) => line.startsWith('Orderer/BlockValidation policy:'));
    expect(quorum?.split(' → ')[1])
      .to.match(/^OutOf\(4, \[NORTHMSP orderer0\.north\./)
      .and.to.contain('[CENTREMSP orderer0.centre.');
    expect(linesOf(propose('consenter-address'))).to.have.members([
      'Orderer/Orderers consenter 2: address: 10.9.0.2:7050 → east.example:7055',
      'Orderer/EASTMSP/Endpoints added: orderer address east.example:7055',
      'Orderer/EASTMSP/Endpoints removed: orderer address 10.9.0.2:7050',
    ]);
  });

  it('leaves the channel and its topology with the same settings', () => {
    const file = propose('set');
    const { next } = planChange(city.config, file);
    const { batch, bft, policies } = namedChange(city.config, file)!.follow(city.topology);
    expect(settingsOf(next)).to.deep.equal({ batch, bft, policies });
    expect(settingsOf(city.config).batch).to.deep.equal(city.topology.batch);
    expect([...settingFields.keys()]).to.include.members(['batch.timeout', 'policies.admins']);
  });

  it('that removes a department leaves the embedded engine a topology that it starts with', () => {
    const { follow } = change('remove-department', { mspId: mspOf('west') });
    const of = (engine: 'embedded' | 'fabric') =>
      follow({ ...city.topology, engine, allowNoFaultTolerance: false }).allowNoFaultTolerance;
    expect([of('embedded'), of('fabric')]).to.deep.equal([true, false]);
  });

  it('that adds a department rewrites the quorum of the consenters', () => {
    const { next } = planChange(city.config, propose('add-department'));
    expect(next.consenters.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(next.policy('/Channel/Orderer/BlockValidation')?.text).to.match(/^4 of \(/);
    expect(next.msps.has('CENTREMSP')).to.be.true;
  });

  it('says whose orderers must start again: the others where one has moved, and who is silent', () => {
    const after = (name: string) => planChange(city.config, propose(name)).next;
    const moved = orderersToRestart(city.config, after('consenter-address'));
    expect(moved).to.deep.equal(['NORTHMSP', 'SOUTHMSP', 'WESTMSP']);
    expect(orderersToRestart(city.config, after('set'))).to.deep.equal([]);
    expect(orderersToRestart(city.config, after('set'), [3])).to.deep.equal(['SOUTHMSP']);
  });

  it('says who cannot sign before it is started with what the channel has of it', () => {
    const { config } = city;
    const after = (name: string) => rekeyed(config, planChange(config, propose(name)).next);
    expect(['set', 'consenter-address', 'add-department'].map(after)).to.deep.equal([[], [], [5]]);
    for (const change of [{ identity: Buffer.of(1) }, { serverTlsCert: Buffer.of(1) }]) {
      const consenters = config.consenters.map((each) =>
        each.id === 3 ? { ...each, ...change } : each,
      );
      expect(rekeyed(config, { ...config, consenters })).to.deep.equal([3]);
    }
  });

  it('says who signs right after a change too, which nothing that is new of a consenter lets it do', () => {
    const { config } = city;
    const after = (name: string, silent?: readonly number[]) =>
      signingThrough(config, planChange(config, propose(name)).next, silent).map(({ id }) => id);
    expect(after('set')).to.deep.equal([1, 2, 3, 4]);
    expect(after('consenter-address')).to.deep.equal([1, 3, 4]);
    expect(after('add-department', [3])).to.deep.equal([1, 2, 4]);
  });

  it('goes from one root to another without a day on which nobody of the department is known', () => {
    const after = (config: ChannelConfig, name: string, arguments_ = given[name] ?? {}) =>
      planChange(config, proposeChange(config, change(name, arguments_))).next;
    const newAdmin = readUser(city.topology, join(city.directory, 'keys-east'), 'east.admin');
    const isAdmin = (config: ChannelConfig, { mspId, certificatePem }: IdentityFiles) => {
      const verdict = identify(config, encodeIdentity(mspId, certificatePem));
      return verdict.valid && verdict.identity.role === 'admin';
    };
    const both = after(city.config, 'add-root');
    expect([admin('east'), newAdmin].map((each) => isAdmin(both, each))).to.deep.equal([
      true,
      true,
    ]);
    const [old] = city.config.msps.get(mspOf('east'))!.definition.rootCerts;
    const fingerprint = new X509Certificate(old!).fingerprint256;
    const retiring = { mspId: mspOf('east'), fingerprint };
    const early = refusal(() => after(both, 'retire-root', retiring));
    expect(early.message).to.match(/consenter 2/);
    const replaced = after(both, 'replace-consenter', given['add-root']);
    const done = after(replaced, 'retire-root', retiring);
    expect([admin('east'), newAdmin].map((each) => isAdmin(done, each))).to.deep.equal([
      false,
      true,
    ]);
    const last = refusal(() => after(city.config, 'retire-root', retiring));
    expect(last.message).to.match(/only root/);
  });

  it('leads the MSP folders of the department’s nodes from one root to the other', () => {
    const paths = departmentPaths(city.directory, 'east');
    const folders = [paths.msp, paths.peer.msp.folder, paths.user('east.admin').msp.folder];
    const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
    const rootsIn = (folder: string) =>
      readdirSync(join(folder, 'cacerts')).map((name) => read(folder, `cacerts/${name}`));
    const mspIn = (config: ChannelConfig) => config.msps.get(mspOf('east'))!.definition;
    expect(followMsp(paths, mspIn(city.config)), 'as they were made').to.deep.equal([]);
    const { next: both } = planChange(city.config, propose('add-root'));
    expect(followMsp(paths, mspIn(both))).not.to.deep.equal([]);
    const [old, young] = mspIn(both).rootCerts.map((each) => Buffer.from(each).toString());
    for (const folder of folders) {
      expect(rootsIn(folder)).to.have.members([old, young]);
      expect(read(folder, 'cacerts/ca.pem'), 'the folder’s own').to.equal(old);
      expect(read(folder, 'config.yaml'))
        .to.match(/ClientOUIdentifier/)
        .and.not.match(/Certificate:/);
    }
    expect(followMsp(paths, mspIn(both)), 'again').to.deep.equal([]);
    const after = { ...mspIn(both), rootCerts: mspIn(both).rootCerts.slice(1) };
    followMsp(paths, after);
    for (const folder of folders) {
      expect(rootsIn(folder)).to.deep.equal([young]);
      expect(read(folder, 'cacerts/ca.pem')).to.equal(young);
    }
    followMsp(paths, mspIn(city.config));
    for (const folder of folders) {
      expect(rootsIn(folder)).to.deep.equal([old]);
      expect(read(folder, 'config.yaml')).to.match(/Certificate: cacerts\/ca.pem/);
    }
  });

  it('puts a revocation list in force, of its own authority only, and lets nobody in again', async () => {
    const list = given['revocation-list']!;
    const { next } = planChange(city.config, propose('revocation-list'));
    const { mspId, certificatePem } = admin('east');
    const verdict = identify(next, encodeIdentity(mspId, certificatePem));
    expect(verdict).to.deep.include({ valid: false, reason: 'REVOKED' });
    const foreign = refusal(() => propose('revocation-list', { ...list, mspId: mspOf('west') }));
    expect(foreign.code).to.equal('CHANGE_REFUSED');
    const shorter = { ...list, list: await listOf('east', 'west') };
    const less = refusal(() => change('revocation-list', shorter).apply(next));
    expect(less.words?.en).to.match(/lacks certificates that are revoked: [0-9a-f]+/);
  });

  const refused: readonly [string, string, Readonly<Record<string, unknown>>, RegExp][] = [
    ['nothing', 'set', { settings: ['batch.timeout=75ms'] }, /nothing to change/],
    [
      'a capability at which every peer stops',
      'capabilities',
      { of: 'application', level: 'V3_0' },
      /V3_0/,
    ],
    ['one at which every orderer stops', 'capabilities', { of: 'orderer', level: 'V3_0' }, /V3_0/],
    [
      'times at which BFT orderers stop',
      'set',
      { settings: ['bft.requestForwardTimeout=1m'] },
      /must not be above bft.requestComplainTimeout/,
    ],
    [
      'a policy of a stranger',
      'set',
      { settings: ["policies.endorsement=OR('OtherMSP.peer')"] },
      /OtherMSP/,
    ],
    ['a policy that nobody meets', 'set', { settings: ['policies.admins=ALL Nobody'] }, /locked/],
    [
      'fewer consenters than tolerate a fault',
      'remove-department',
      { mspId: 'WESTMSP' },
      /add one first/,
    ],
    [
      'a department that is not there',
      'remove-department',
      { mspId: 'OtherMSP' },
      /no department OtherMSP/,
    ],
  ];
  for (const [what, name, arguments_, words] of refused) {
    it(`is refused when it asks for ${what}`, () => {
      const error = refusal(() => propose(name, arguments_));
      expect(error.code).to.equal('CHANGE_REFUSED');
      expect(`${error.message} ${error.words?.en ?? ''}`).to.match(words);
    });
  }

  it('is refused with the path of what is wrong in its arguments', () => {
    const settings = ['batch.timeout=soon', 'batch.nothing=1', 'batch.timeout=90ms'];
    const error = refusal(() => change('set', { settings }));
    expect(error).to.be.instanceOf(NetworkError).and.include({ code: 'CHANGE_REFUSED' });
    const paths = (error.details['issues'] as { path: string }[]).map(({ path }) => path);
    expect(paths).to.deep.equal(['settings.0', 'settings.1']);
  });

  it('needs a majority of administrators, each counted once, whoever else signs', () => {
    const file = propose('set');
    const plan = planChange(city.config, file);
    const consent = (of: ChangeFile) => consentTo(city.config, plan, signedUpdate(of));
    const [north, east, south] = ['north', 'east', 'south'].map((id) =>
      withSignature(file, admin(id)),
    );
    expect(consent(file)).to.deep.include({ satisfied: false, signed: [] });
    const twice = merged([north!, withSignature(north!, admin('north')), east!]);
    expect(consent(twice)).to.deep.include({
      satisfied: false,
      signed: ['NORTHMSP', 'EASTMSP'],
      missing: ['SOUTHMSP', 'WESTMSP'],
    });
    expect(consent(merged([twice, south!])).satisfied).to.be.true;
    const [policy] = consent(file).policies;
    expect(policy).to.deep.include({ path: '/Channel/Orderer/Admins', needed: 3 });
  });

  it('needs its own administrator alone for a department’s own peer', () => {
    const file = withSignature(propose('anchor-peer'), admin('east'));
    const consent = consentTo(city.config, planChange(city.config, file), signedUpdate(file));
    expect(consent).to.deep.include({ satisfied: true, signed: ['EASTMSP'] });
  });

  it('counts no signature that was made on something else', () => {
    const [file, other] = [propose('set'), propose('anchor-peer')];
    const forged = { ...file, signatures: withSignature(other, admin('north')).signatures };
    const plan = planChange(city.config, file);
    expect(consentTo(city.config, plan, signedUpdate(forged)).signed).to.deep.equal([]);
    expect(refusal(() => merged([file, other])).code).to.equal('CHANGE_INVALID');
    expect(changeFingerprint(file)).to.match(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });

  it('moves no topology by a name that its bytes do not bear out', () => {
    const file = propose('anchor-peer');
    const renamed = { ...file, change: propose('set').change };
    expect(namedChange(city.config, renamed)).to.equal(undefined);
    expect(namedChange(city.config, file)).not.to.equal(undefined);
  });

  it('is void for a config that has moved on', () => {
    const { next } = planChange(city.config, propose('set'));
    const error = refusal(() => planChange(next, propose('set')));
    expect(error.code).to.equal('CHANGE_REFUSED');
    expect(error.words?.en).to.match(/proposed at config sequence 0, and the channel is at 1/);
    const elsewhere = refusal(() =>
      planChange(city.config, { ...propose('set'), channel: 'town' }),
    );
    expect(elsewhere.code).to.equal('CHANGE_INVALID');
  });

  it('of one setting names in its read set no more than what it must find unchanged', () => {
    const update = computeUpdate(
      city.config.tree,
      change('set', { settings: ['batch.timeout=90ms'] }).apply(city.config),
      'city',
    )!;
    expect(planUpdate(city.config, encodeConfigUpdate(update)).next.sequence).to.equal(1n);
    expect([...update.writeSet.groups.keys()]).to.deep.equal(['Orderer']);
  });
});
