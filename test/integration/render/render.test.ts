import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  departmentPaths,
  departmentStatus,
  NetworkError,
  openDepartmentHost,
  readTopology,
  renderDepartment,
  renew,
  type RenderOptions,
} from '@yici/network/testing';
import { readConfig } from '@yici/gateway/testing';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { filesOf, isOwn, keysIn, operatorFolder, releaseFolder, topology } from './support.js';

describe('the folder of one department’s host', () => {
  let directory = '';
  let operator = '';
  let binDir = '';

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-render-'));
    operator = operatorFolder(directory);
    binDir = releaseFolder(directory);
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const render = (department: string, out: string, more: Partial<RenderOptions> = {}) =>
    renderDepartment({
      directory: operator,
      department,
      out: join(directory, out),
      binDir,
      ...more,
    });

  it('holds no private key of another department, of a root, or of a person', () => {
    const all = keysIn(operator);
    for (const id of ['north', 'east', 'south', 'west']) {
      const report = render(id, `${id}-host`);
      const keys = keysIn(report.out);
      expect(
        [...keys.keys()].every((path) => isOwn(path, id)),
        id,
      ).to.be.true;
      const texts = [...filesOf(report.out).values()];
      for (const [path, key] of all) {
        const body = key.split('\n')[1] ?? '';
        expect(body.length).to.be.greaterThan(40);
        const own = path.startsWith(`pki/${id}/`) && !/\/(ca|tlsca)\/|clerk1/.test(path);
        expect(
          texts.some((text) => text.includes(body)),
          `${path} in ${id}`,
        ).to.equal(own);
      }
    }
  });

  it('keeps keys readable by their owner alone', () => {
    const { out } = render('north', 'modes');
    for (const path of keysIn(out).keys()) {
      expect(statSync(join(out, path)).mode & 0o777, path).to.equal(0o600);
    }
    expect(statSync(out).mode & 0o777).to.equal(0o700);
  });

  it('has the operator’s genesis block, the roots of all, and the whole topology', () => {
    const { out, genesisHash } = render('east', 'whole');
    expect(readFileSync(join(out, 'genesis.block'))).to.deep.equal(
      readFileSync(join(operator, 'genesis.block')),
    );
    expect(genesisHash).to.match(/^[0-9a-f]{64}$/);
    const roots = readFileSync(join(out, 'tls-roots.pem'), 'utf8');
    expect(roots.match(/BEGIN CERTIFICATE/g)).to.have.length(4);
    expect(readTopology(join(out, 'topology.yaml')).departments).to.have.length(4);
  });

  it('sets the nodes up for the addresses of the topology and the place on the host', () => {
    const { out } = render('south', 'placed', { at: '/srv/yici', fabric: '/opt/fabric' });
    const read = (path: string): unknown => parse(readFileSync(join(out, path), 'utf8'));
    expect(read('fabric/south/peer/core.yaml')).to.have.nested.include({
      'peer.listenAddress': '10.9.0.3:7051',
      'peer.gossip.externalEndpoint': '10.9.0.3:7051',
      'peer.mspConfigPath': '/srv/yici/pki/south/peers/peer0/msp',
      'peer.fileSystemPath': '/srv/yici/fabric/south/peer/data',
      'chaincode.externalBuilders[0].path': '/opt/fabric/builders/ccaas',
    });
    expect(read('fabric/south/orderer/orderer.yaml')).to.have.nested.include({
      'General.ListenAddress': '10.9.0.3',
      'General.LocalMSPDir': '/srv/yici/pki/south/orderers/orderer0/msp',
      'Admin.TLS.ClientAuthRequired': true,
    });
    const texts = [...filesOf(out)].filter(([path]) => !path.startsWith('pki/'));
    for (const [path, text] of texts) expect(text, path).not.to.contain(directory);
  });

  it('keeps what a department wrote into the gateway’s settings, and puts beside it what is new', () => {
    const file = join(directory, 'edited', 'gateway.yaml');
    const written = () => render('west', 'edited').gatewayBeside;
    render('west', 'edited', { at: '/srv/before' });
    expect(written(), 'unedited').to.equal(undefined);
    const edited = readFileSync(file, 'utf8').replace(/^state:/m, 'port: 9443\nstate:');
    writeFileSync(file, edited);
    expect(written(), 'nothing is new').to.equal(undefined);
    const { gatewayBeside = '' } = render('west', 'edited', { at: '/srv/yici' });
    expect(readFileSync(file, 'utf8')).to.equal(edited);
    expect(parse(readFileSync(gatewayBeside, 'utf8'))).to.include({ state: '/srv/yici' });
    expect(written(), 'as it was').to.equal(undefined);
    expect(existsSync(gatewayBeside)).to.equal(false);
  });

  it('has a gateway configuration that the gateway takes', () => {
    const { out } = render('west', 'gateway');
    const config = readConfig({ config: join(out, 'gateway.yaml') }, {});
    expect(config.engine).to.include({ kind: 'fabric', channel: 'hosts', mspId: 'WESTMSP' });
    expect(config.custodial.map(({ account }) => account)).to.deep.equal(['west.service1']);
    if (config.engine.kind !== 'fabric') expect.fail('another engine');
    const { key, certificate, tlsRoot = '', fallback } = config.engine;
    const roots = fallback.map((each) => each.tlsRoot ?? '');
    expect(roots).to.have.length(1);
    for (const file of [key, certificate, tlsRoot, ...roots]) {
      expect(existsSync(file), file).to.be.true;
    }
  });

  it('has units that run as another user, hide each other’s keys, and that systemd can read', function () {
    const { out } = render('north', 'units', { node: '/bin/true', user: 'root' });
    const units = [...filesOf(join(out, 'systemd'))];
    expect(units.map(([name]) => name).sort()).to.deep.equal([
      'yici-north-chaincode.service',
      'yici-north-gateway.service',
      'yici-north-orderer.service',
      'yici-north-peer.service',
      'yici-north.target',
    ]);
    for (const [name, text] of units.filter(([each]) => each.endsWith('.service'))) {
      expect(text, name).to.contain('NoNewPrivileges=yes').and.contain('ProtectSystem=strict');
      expect(text, name).to.match(/InaccessiblePaths=".*\/pki\/north\//);
    }
    const verified = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', ...units.map(([name]) => join(out, 'systemd', name))],
      { encoding: 'utf8' },
    );
    if (verified.error !== undefined) this.skip();
    const ours = verified.stderr
      .split('\n')
      .filter((line) => line.includes(out) || line.startsWith('yici-'));
    expect(ours).to.deep.equal([]);
  });

  it('tells the operator, in both languages, what to compare and what to run', () => {
    const { out, genesisHash, packageId } = render('east', 'told');
    const chinese = readFileSync(join(out, 'INSTRUCTIONS.md'), 'utf8');
    const english = readFileSync(join(out, 'INSTRUCTIONS.en.md'), 'utf8');
    for (const text of [chinese, english]) {
      expect(text).to.contain(genesisHash).and.contain(packageId);
      expect(text).to.contain('net.ipv4.tcp_syn_retries = 1');
      for (const verb of ['node join', 'node approve', 'node commit', 'node status']) {
        expect(text).to.contain(verb);
      }
    }
    expect(chinese).to.contain('逐字相同').and.not.contain('Compare');
    expect(english)
      .to.contain('Compare')
      .and.not.match(/\p{Script=Han}/u);
  });

  it('tells the operator to enable the services that it has: no chaincode’s where that runs elsewhere', () => {
    const elsewhere = join(directory, 'elsewhere.yaml');
    const chaincode = { address: 'chaincode.example:9999' };
    writeFileSync(elsewhere, stringify({ ...topology, chaincode }));
    for (const [out, topologyFile] of [['all'], ['fewer', elsewhere]] as const) {
      const files = filesOf(render('east', out, { topologyFile }).out);
      const told = files.get('INSTRUCTIONS.md')?.matchAll(/yici-east-\w+\.service/g) ?? [];
      const units = [...files.keys()].flatMap(
        (path) => /^systemd\/(.*\.service)$/.exec(path)?.[1] ?? [],
      );
      expect([...new Set([...told].map(([name]) => name))].sort(), out).to.deep.equal(units.sort());
      expect(units, out).to.have.length(topologyFile === undefined ? 4 : 3);
    }
  });

  it('comes out the same when it is rendered again', () => {
    const { out } = render('west', 'again');
    const first = filesOf(out);
    render('west', 'again');
    expect(filesOf(out)).to.deep.equal(first);
  });

  it('never overwrites a key that is another, and then writes nothing', () => {
    const { out } = render('south', 'kept');
    const key = join(out, 'pki/south/peers/peer0/tls/server.key');
    const settings = join(out, 'fabric/south/peer/core.yaml');
    writeFileSync(key, 'a newer key');
    writeFileSync(settings, 'changed');
    expectCode(() => render('south', 'kept'), 'KEYS_DIFFER');
    expect(readFileSync(key, 'utf8')).to.equal('a newer key');
    expect(readFileSync(settings, 'utf8')).to.equal('changed');
  });

  it('takes renewed certificates with their keys, and keeps what was there until the nodes have started', () => {
    const { out } = render('west', 'renewed');
    const paths = (root: string) => departmentPaths(root, 'west').peer.tls;
    const before = readFileSync(paths(out).key, 'utf8');
    const renewing = readTopology(join(operator, 'topology.yaml'));
    const department = renewing.departments.find(({ id }) => id === 'west')!;
    const later = new Date(Date.now() + 86_400_000);
    const issuing = { topology: renewing, directory: operator, now: later };
    renew(issuing, { kind: 'peer-tls', department, newKey: true });
    render('west', 'renewed');
    for (const file of ['key', 'certificate'] as const) {
      expect(readFileSync(paths(out)[file])).to.deep.equal(readFileSync(paths(operator)[file]));
    }
    const kept = join(out, 'pki/west/.previous/peers/peer0/tls/server.key');
    expect(readFileSync(kept, 'utf8')).to.equal(before);
    expect(statSync(kept).mode & 0o777).to.equal(0o600);
  });

  it('refuses a folder that holds something else, another department’s, and the keys’ own', () => {
    const foreign = join(directory, 'foreign');
    render('north', 'foreign');
    expectCode(() => render('east', 'foreign'), 'DATA_FOLDER_UNUSABLE');
    rmSync(join(foreign, 'department.json'));
    expectCode(() => render('north', 'foreign'), 'DATA_FOLDER_UNUSABLE');
    expectCode(() => render('north', 'operator'), 'DATA_FOLDER_UNUSABLE');
  });

  it('is not acted in when it is no rendered folder, or its genesis block was exchanged', async () => {
    await expectRejection(departmentStatus(operator), 'DATA_FOLDER_UNUSABLE');
    await expectRejection(openDepartmentHost({ directory: operator }), 'DATA_FOLDER_UNUSABLE');
    const { out } = render('north', 'exchanged');
    const other = operatorFolder(join(directory, 'other'));
    copyFileSync(join(other, 'genesis.block'), join(out, 'genesis.block'));
    await expectRejection(openDepartmentHost({ directory: out }), 'GENESIS_MISMATCH');
    expectCode(() => render('north', 'exchanged'), 'GENESIS_MISMATCH');
  });

  it('refuses a department that the topology does not name, and a machine without Fabric', () => {
    expectCode(() => render('nobody', 'none'), 'IDENTITY_UNKNOWN');
    expectCode(
      () => render('north', 'none', { binDir: join(directory, 'nowhere') }),
      'FABRIC_NOT_INSTALLED',
    );
    expect(existsSync(join(directory, 'none'))).to.be.false;
  });
});

function expectCode(act: () => unknown, code: string): void {
  expect(act).to.throw(NetworkError).with.property('code', code);
}

async function expectRejection(work: Promise<unknown>, code: string): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(NetworkError).with.property('code', code);
}
