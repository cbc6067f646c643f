import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parseCertificate } from '@yici/ledger';
import {
  departmentPaths,
  ensurePki,
  NetworkError,
  parseTopology,
  readUser,
  type Topology,
} from '@yici/network/testing';
import { department, smallTopology } from './topologies.js';

const now = new Date('2026-01-15T08:00:00Z');

describe('the keys of a network', () => {
  let directory: string;
  let topology: Topology;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-pki-'));
    topology = parseTopology(smallTopology());
    ensurePki(topology, directory, now);
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const keys = () =>
    files(directory).filter((file) => file.endsWith('.key') || file.endsWith('key.pem'));
  const contents = () =>
    new Map(files(directory).map((file) => [file, readFileSync(file, 'utf8')]));

  // Node 20 deadlocks when a key that was just made is given as JWK while garbage is collected.
  it('are made by the thousand without standing still', function () {
    this.timeout(60_000);
    const extensions = new URL('pki/extensions.js', import.meta.resolve('@yici/network')).href;
    const source = `import { generateKeyPairSync } from 'node:crypto';
      import { subjectKeyIdentifier } from ${JSON.stringify(extensions)};
      for (let made = 0; made < 4000; made++)
        subjectKeyIdentifier(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);`;
    const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
      timeout: 50_000,
      killSignal: 'SIGKILL',
    });
    expect({ status, signal }).to.deep.equal({ status: 0, signal: null });
  });

  it('are PKCS#8, P-256 and readable by their owner alone', () => {
    expect(keys().length).to.be.greaterThan(10);
    for (const file of keys()) {
      expect(statSync(file).mode & 0o777, file).to.equal(0o600);
      const text = readFileSync(file, 'utf8');
      expect(text).to.match(/^-----BEGIN PRIVATE KEY-----/);
      expect(createPrivateKey(text).asymmetricKeyDetails).to.deep.equal({
        namedCurve: 'prime256v1',
      });
    }
  });

  it('stay as they are when made again', () => {
    const before = contents();
    expect(ensurePki(topology, directory, new Date()).made).to.deep.equal([]);
    expect(contents()).to.deep.equal(before);
  });

  it('get a user who was added later, and nothing else changes', () => {
    const before = contents();
    const alpha = department('alpha', 1);
    const users = [...(alpha.users ?? []), { name: 'alpha.clerk2', role: 'clerk' as const }];
    const grown = parseTopology(
      smallTopology({ departments: [{ ...alpha, users }, department('beta', 2)] }),
    );
    const { made } = ensurePki(grown, directory, now);
    expect(made).to.have.length(2);
    for (const file of made) expect(file).to.contain('alpha.clerk2');
    for (const [file, text] of before) expect(readFileSync(file, 'utf8'), file).to.equal(text);
  });

  it('are missed, not replaced, when a key is gone and its certificate is not', () => {
    rmSync(departmentPaths(directory, 'alpha').user('alpha.clerk1').msp.key);
    expect(() => ensurePki(topology, directory, now))
      .to.throw(NetworkError)
      .with.property('code', 'DATA_FOLDER_UNUSABLE');
  });

  for (const root of ['ca', 'tlsca'] as const) {
    it(`get no second root in the place of a lost ${root}, which nobody on the channel would know`, () => {
      const { certificate } = departmentPaths(directory, 'alpha')[root];
      rmSync(dirname(certificate), { recursive: true });
      expect(() => ensurePki(topology, directory, now))
        .to.throw(NetworkError)
        .with.property('code', 'ROOT_LOST');
      expect(existsSync(certificate)).to.equal(false);
    });
  }

  it('leave no temporary files behind', () => {
    expect(files(directory).filter((file) => file.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('get their role as an organizational unit where there is none, for the same key', () => {
    const { certificate, key } = departmentPaths(directory, 'alpha').user('alpha.head1').msp;
    // As certificates were before: no unit but the node OU.
    const old = departmentPaths(directory, 'alpha').user('alpha.admin').msp;
    cpSync(old.certificate, certificate);
    cpSync(old.key, key);
    expect(ensurePki(topology, directory, now).made).to.deep.equal([certificate]);
    const made = readFileSync(certificate, 'utf8');
    expect(parseCertificate(made).organizationalUnits).to.deep.equal(['client', 'head']);
    expect(parseCertificate(made).attributes.get('yici.user')).to.equal('alpha.head1');
    expect(readFileSync(key, 'utf8')).to.equal(readFileSync(old.key, 'utf8'));
    const own = createPrivateKey(readFileSync(key, 'utf8'));
    expect(new X509Certificate(made).checkPrivateKey(own)).to.equal(true);
    expect(ensurePki(topology, directory, now).made).to.deep.equal([]);
  });

  it('name the section of their user, and are issued anew for the same key when it changes', () => {
    const input = smallTopology();
    const [first] = input.departments;
    const users = first?.users?.map((user) => ({ ...user, section: '编制科' }));
    const sections = parseTopology({
      ...input,
      departments: [{ ...first, users }, ...input.departments.slice(1)],
    });
    const file = departmentPaths(directory, 'alpha').user('alpha.head1').msp;
    const key = readFileSync(file.key, 'utf8');
    expect(ensurePki(sections, directory, now).made).to.include(file.certificate);
    const made = parseCertificate(readFileSync(file.certificate, 'utf8'));
    expect(made.attributes.get('yici.section')).to.equal('编制科');
    expect(readFileSync(file.key, 'utf8')).to.equal(key);
    expect(ensurePki(sections, directory, now).made).to.deep.equal([]);
    expect(ensurePki(topology, directory, now).made).to.include(file.certificate);
  });

  it("carry role and name in Fabric CA's attribute extension, and the role as a unit", () => {
    const { certificatePem, mspId } = readUser(topology, directory, 'alpha.head1');
    const certificate = parseCertificate(certificatePem);
    expect(mspId).to.equal('AlphaMSP');
    expect(certificate.attributes.get('yici.role')).to.equal('head');
    expect(certificate.attributes.get('yici.user')).to.equal('alpha.head1');
    expect(certificate.organizationalUnits).to.deep.equal(['client', 'head']);
    const admin = readUser(topology, directory, 'alpha.admin');
    const { organizationalUnits } = parseCertificate(admin.certificatePem);
    expect(organizationalUnits, 'a node OU named twice is not valid').to.deep.equal(['admin']);
  });

  it('chain to the root of their own department and to no other', () => {
    const user = new X509Certificate(readUser(topology, directory, 'alpha.clerk1').certificatePem);
    const own = new X509Certificate(
      readFileSync(departmentPaths(directory, 'alpha').ca.certificate),
    );
    const other = new X509Certificate(
      readFileSync(departmentPaths(directory, 'beta').ca.certificate),
    );
    expect(user.verify(own.publicKey)).to.equal(true);
    expect(user.checkIssued(own)).to.equal(true);
    expect(user.verify(other.publicKey)).to.equal(false);
  });

  it('serve TLS under 127.0.0.1, localhost and the node’s own name', () => {
    const { peer, chaincode, orderer } = departmentPaths(directory, 'alpha');
    for (const [tls, name] of [
      [peer.tls, 'peer0.alpha.yici.internal'],
      [orderer.tls, 'orderer0.alpha.yici.internal'],
      [chaincode, 'chaincode.alpha.yici.internal'],
    ] as const) {
      const certificate = new X509Certificate(readFileSync(tls.certificate));
      expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1');
      expect(certificate.checkHost('localhost')).to.equal('localhost');
      expect(certificate.checkHost(name)).to.equal(name);
    }
  });

  it('are refused for a name that the topology does not have', () => {
    expect(() => readUser(topology, directory, 'alpha.nobody'))
      .to.throw(NetworkError)
      .with.property('code', 'IDENTITY_UNKNOWN');
  });
});
