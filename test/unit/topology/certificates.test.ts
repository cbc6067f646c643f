import { createPrivateKey, X509Certificate } from 'node:crypto';
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
import { dirname, join, relative } from 'node:path';
import { encodeIdentity, parseCertificate } from '@yici/ledger';
import { createMsp } from '@yici/ledger/testing';
import {
  departmentPaths,
  encodeGenesis,
  ensurePki,
  exitCodes,
  forgetPrevious,
  heldCertificates,
  NetworkError,
  parseTopology,
  readMaterial,
  readUser,
  renew,
  runCli,
  type Renewal,
  type Topology,
} from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { z } from 'zod';
import { x509 } from '../ledger/support/pki.js';
import { smallTopology } from './topologies.js';

const day = 86_400_000;
const made = new Date();

const status = z.object({
  certificates: z.array(
    z.object({
      whose: z.string(),
      kind: z.string(),
      file: z.string(),
      serial: z.string(),
      ends: z.iso.datetime(),
      daysLeft: z.number(),
    }),
  ),
  ending: z.array(z.string()),
  missing: z.array(z.string()),
});
const revocation = z.object({ crl: z.string(), number: z.number(), added: z.array(z.string()) });

describe('the certificates of departments', () => {
  let directory: string;
  let topology: Topology;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-certificates-'));
    topology = parseTopology(smallTopology({ certificateDays: 400, rootDays: 1000 }));
    writeFileSync(join(directory, 'topology.yaml'), stringify(topology));
    ensurePki(topology, directory, made);
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function cli(...args: string[]) {
    const text = { out: '', err: '' };
    const code = await runCli([...args, '--dir', directory], {
      stdout: { write: (more) => (text.out += more) },
      stderr: { write: (more) => (text.err += more) },
      env: {},
      script: '/not/started',
      nodeOptions: [],
    });
    return { code, ...text };
  }
  const json = async <T>(schema: z.ZodType<T>, ...args: string[]) => {
    const { code, out, err } = await cli(...args, '--json');
    expect(out, err).not.to.equal('');
    return { code, ...schema.parse(JSON.parse(out)) };
  };
  const alpha = () => topology.departments[0]!;
  const paths = () => departmentPaths(directory, 'alpha');
  const text = (file: string) => readFileSync(file, 'utf8');
  const renewed = (kind: Renewal['kind'], more: Partial<Renewal> = {}, days = 500) =>
    renew(
      { topology, directory, now: new Date(made.getTime() + days * day) },
      { kind, department: alpha(), newKey: false, ...more },
    );
  const clerk = { name: 'alpha.clerk1', role: 'clerk' } as const;

  describe('when they are looked at', () => {
    it('are listed with whose they are and how long they last, and nothing is said to end soon', async () => {
      const { code, certificates, ending } = await json(status, 'keys', 'status');
      expect([code, ending]).to.deep.equal([exitCodes.ok, []]);
      const kinds = new Set(certificates.map(({ kind }) => kind));
      expect([...kinds].sort()).to.deep.equal([
        'chaincode',
        'chaincode-root',
        'orderer',
        'orderer-tls',
        'peer',
        'peer-tls',
        'root',
        'tls-root',
        'user',
        'user-tls',
      ]);
      const of = (whose: string) => certificates.filter((each) => each.whose === whose);
      expect(of('alpha.admin').map(({ daysLeft }) => daysLeft)).to.deep.equal([399, 399]);
      expect(of('ca.beta').map(({ daysLeft }) => daysLeft)).to.deep.equal([999]);
      const [peer] = of('peer0.alpha');
      expect(peer?.serial).to.equal(parseCertificate(text(peer!.file)).serial);
    });

    it('end with exit code 1, the first to end first, when one ends within the days that are asked for', async () => {
      const { code, ending, certificates } = await json(
        status,
        ...['keys', 'status', '--warn-days', '500'],
      );
      expect(code).to.equal(exitCodes.checkFailed);
      expect(ending).to.have.length(certificates.length - 2 * 3);
      expect(certificates[0]?.daysLeft).to.equal(399);
      expect((await cli('keys', 'status', '--warn-days', '400')).out).to.match(
        /属于 .*种类[^]*对等节点 TLS[^]*keys renew/,
      );
      expect((await cli('keys', 'status', '--warn-days', 'soon')).code).to.equal(exitCodes.usage);
    });

    it('are not in order while a root is missing, which is named', async () => {
      const file = departmentPaths(directory, 'beta').ca.certificate;
      rmSync(dirname(file), { recursive: true });
      const { code, missing, ending } = await json(status, 'keys', 'status');
      expect([code, missing, ending]).to.deep.equal([exitCodes.checkFailed, [file], []]);
      expect((await cli('keys', 'status')).out).to.contain(`缺少 ca.beta 的根证书：${file}`);
      // Of a department whose certificates were not taken in yet nothing is missing.
      rmSync(departmentPaths(directory, 'beta').root, { recursive: true });
      expect(await json(status, 'keys', 'status')).to.include({ code: exitCodes.ok });
    });

    it('show on a host what lies there: its own, and what all departments may see of the others', () => {
      rmSync(join(directory, 'pki', 'alpha', 'users'), { recursive: true });
      const held = heldCertificates(topology, directory);
      expect(held.some(({ whose }) => whose === 'alpha.admin')).to.equal(false);
      expect(held.some(({ whose }) => whose === 'beta.admin')).to.equal(true);
    });
  });

  it('never outlive their root by the topology', () => {
    expect(() => parseTopology(smallTopology({ certificateDays: 400, rootDays: 399 })))
      .to.throw(NetworkError)
      .with.nested.property('details.issues[0].path', 'rootDays');
    expect(parseTopology(smallTopology({ certificateDays: 400 })).rootDays).to.equal(800);
  });

  describe('when they are renewed', () => {
    /** Native nodes, whose consenters the configuration names. */
    const onFabric = () => {
      topology = parseTopology(
        smallTopology({ engine: 'fabric', certificateDays: 400, rootDays: 1000 }),
      );
      writeFileSync(join(directory, 'topology.yaml'), stringify(topology));
    };
    const kinds = [
      ['peer', () => paths().peer.msp],
      ['peer-tls', () => paths().peer.tls],
      ['orderer', () => paths().orderer.msp],
      ['chaincode', () => paths().chaincode.client],
      ['user', () => paths().user('alpha.clerk1').tls],
      ['gateway', () => paths().user('alpha.admin').msp],
    ] as const;

    for (const [kind, pair] of kinds) {
      for (const newKey of [false, true]) {
        it(`of ${kind} after their end, ${newKey ? 'with a new key' : 'keep their key'}, and what was there is kept until it is no longer needed`, () => {
          const { certificate, key } = pair();
          const before = { certificate: text(certificate), key: text(key) };
          const user = kind === 'gateway' ? { name: 'alpha.admin', role: 'admin' as const } : clerk;
          const isUser = kind === 'user' || kind === 'gateway';
          renewed(kind, { newKey, ...(isUser ? { user } : {}) });
          const now = new X509Certificate(text(certificate));
          expect(text(key) === before.key).to.equal(!newKey);
          expect(now.checkPrivateKey(createPrivateKey(text(key)))).to.equal(true);
          expect(statSync(key).mode & 0o777).to.equal(0o600);
          const old = new X509Certificate(before.certificate);
          expect(now.subject).to.equal(old.subject);
          expect(now.subjectAltName).to.equal(old.subjectAltName);
          // A root of 1000 days, after 500: the certificates' 400 days fit.
          expect(Date.parse(now.validTo) - made.getTime()).to.be.closeTo(900 * day, day);
          const { root } = paths();
          const kept = join(root, '.previous', relative(root, certificate));
          expect(text(kept)).to.equal(before.certificate);
          forgetPrevious(root);
          expect(existsSync(kept)).to.equal(false);
          expect(ensurePki(topology, directory, made).made, 'nothing is made anew').to.deep.equal(
            [],
          );
        });
      }
    }

    it('are taken by the department’s MSP after the end of the old, in their old role', () => {
      renewed('user', { user: clerk, newKey: true });
      const rootCerts = [readFileSync(paths().ca.certificate)];
      const ou = (identifier: string) => ({ identifier, certificate: rootCerts[0]! });
      const msp = createMsp({
        mspId: 'AlphaMSP',
        rootCerts,
        nodeOus: {
          enable: true,
          client: ou('client'),
          peer: ou('peer'),
          admin: ou('admin'),
          orderer: ou('orderer'),
        },
      });
      const { certificatePem } = readUser(topology, directory, 'alpha.clerk1');
      const at = new Date(made.getTime() + 600 * day);
      expect(msp.check(encodeIdentity('AlphaMSP', certificatePem), at)).to.have.nested.include({
        valid: true,
        'identity.role': 'client',
      });
    });

    it('are all old or all new, whenever the writing was interrupted', () => {
      const { msp } = paths().peer;
      const before = { certificate: text(msp.certificate), key: text(msp.key) };
      renewed('peer', { newKey: true });
      const { root } = paths();
      const after = { certificate: text(msp.certificate), key: text(msp.key) };
      // As after a crash between the key and its certificate: the journal is there, the certificate is not.
      const journal = [
        { path: relative(root, msp.key), content: after.key, secret: true },
        { path: relative(root, msp.certificate), content: after.certificate, secret: false },
      ];
      rmSync(join(root, '.previous'), { recursive: true });
      writeFileSync(msp.certificate, before.certificate);
      writeFileSync(join(root, '.replacing.json'), JSON.stringify(journal));
      ensurePki(topology, directory, made);
      expect(text(msp.certificate)).to.equal(after.certificate);
      expect(existsSync(join(root, '.replacing.json'))).to.equal(false);
    });

    it('end with their root at the latest, and are not issued by one that has ended', () => {
      renewed('peer', {}, 900);
      const { validTo } = new X509Certificate(text(paths().peer.msp.certificate));
      expect(Date.parse(validTo) - made.getTime()).to.be.closeTo(999 * day, day);
      expect(() => renewed('peer', {}, 1001))
        .to.throw(NetworkError)
        .with.property('code', 'CERTIFICATE_EXPIRED');
    });

    it('are left alone where the channel’s configuration names them, and the command says what comes first', async () => {
      onFabric();
      const before = text(paths().orderer.tls.certificate);
      const refused = await cli('keys', 'renew', 'orderer-tls', '--department', 'alpha');
      expect(refused.code).to.equal(exitCodes.environment);
      expect(refused.err).to.match(/CONSENTER_PINNED.*通道配置.*yici-network channel/);
      expect(text(paths().orderer.tls.certificate)).to.equal(before);
    });

    for (const [kind, named] of [
      ['orderer-tls', 'tls'],
      ['orderer', 'identity'],
    ] as const) {
      it(`of ${kind} are prepared beside those in use, and used from the day on which the configuration names them`, async () => {
        onFabric();
        const { certificate, key } = paths().orderer[kind === 'orderer' ? 'msp' : 'tls'];
        const before = { certificate: text(certificate), key: text(key) };
        const block = (name: string, orderer: Record<string, string> = {}) => {
          const material = readMaterial(topology, directory).map((each) => ({
            ...each,
            ...(each.orderer && {
              orderer: {
                ...each.orderer,
                ...Object.fromEntries(
                  Object.entries(orderer).map(([part, pem]) => [part, Buffer.from(pem)]),
                ),
              },
            }),
          }));
          const file = join(directory, name);
          writeFileSync(file, encodeGenesis({ topology, material }));
          return file;
        };
        const command = ['keys', 'renew', kind, '--department', 'alpha', '--new-key'];
        const out = join(directory, 'alpha.certificates.json');
        const prepared = await cli(...command, '--out', out);
        expect(prepared.code, prepared.err).to.equal(exitCodes.ok);
        expect(prepared.out).to.match(/channel propose \S+ \S+alpha\.certificates\.json/);
        const sent = z
          .object({ orderer: z.record(z.string(), z.string()) })
          .parse(JSON.parse(text(out))).orderer;
        expect(sent[named]).to.not.equal(before.certificate);
        await cli(...command, '--out', out);
        expect(JSON.parse(text(out)), 'again it is the same').to.have.deep.property(
          'orderer',
          sent,
        );
        const early = await cli(...command, '--in-force', block('old.block'));
        expect(early.err).to.contain('CONSENTER_PINNED');
        expect({ certificate: text(certificate), key: text(key) }).to.deep.equal(before);
        const done = await cli(...command, '--in-force', block('new.block', sent));
        expect(done.code, done.err).to.equal(exitCodes.ok);
        expect(text(certificate)).to.equal(sent[named]);
        const own = createPrivateKey(text(key));
        expect(new X509Certificate(text(certificate)).checkPrivateKey(own)).to.equal(true);
        const again = await cli(...command, '--in-force', block('new.block', sent));
        expect(again.err, 'nothing is prepared any more').to.contain('CONSENTER_PINNED');
      });
    }

    it('are asked for by whose they are, and the next step is said', async () => {
      expect((await cli('keys', 'renew', 'peer')).code).to.equal(exitCodes.usage);
      expect((await cli('keys', 'renew', 'crown')).code).to.equal(exitCodes.usage);
      const done = await cli('keys', 'renew', 'peer-tls', '--department', 'alpha');
      expect(done.code, done.err).to.equal(exitCodes.ok);
      expect(done.out).to.match(/有效至[^]*\.previous[^]*重启对等节点/);
      const english = await cli('keys', 'renew', 'user', 'alpha.clerk1', '--lang', 'en');
      expect(english.out).to.match(/export the identity again/);
    });
  });

  describe('when a user is revoked', () => {
    const rootPublicKey = () => new x509.X509Certificate(text(paths().ca.certificate)).publicKey;
    const serialOf = (file: string) => parseCertificate(text(file)).serial;
    const mspWith = (crl: string) => {
      const rootCerts = [readFileSync(paths().ca.certificate)];
      const admin = { identifier: 'admin', certificate: rootCerts[0]! };
      const client = { ...admin, identifier: 'client' };
      const nodeOus = { enable: true, client, admin, peer: client, orderer: client };
      return createMsp({
        ...{ mspId: 'AlphaMSP', rootCerts, revocationList: [readFileSync(crl)] },
        nodeOus: { ...nodeOus, peer: { ...client, identifier: 'peer' } },
      });
    };
    const verdictOn = (crl: string, pem: string) => {
      const verdict = mspWith(crl).check(encodeIdentity('AlphaMSP', pem));
      return verdict.valid ? 'valid' : verdict.reason;
    };

    it('get on a list that another implementation reads, with number, date and reason, signed by the root', async () => {
      const { certificate } = paths().user('alpha.clerk1').msp;
      const { crl, number, added } = await json(
        revocation,
        ...['identity', 'revoke', 'alpha.clerk1', '--reason', '密钥泄露'],
      );
      expect([number, added]).to.deep.equal([1, [serialOf(certificate)]]);
      expect(relative(paths().root, crl)).to.equal(join('msp', 'crls', 'crl.pem'));
      const list = new x509.X509Crl(text(crl));
      expect(await list.verify({ publicKey: rootPublicKey() })).to.equal(true);
      const [entry] = list.entries;
      expect(entry).to.include({
        serialNumber: added[0],
        reason: x509.X509CrlReason.keyCompromise,
      });
      expect(entry!.revocationDate.getTime()).to.be.closeTo(Date.now(), 60_000);
      expect(list.extensions.map(({ type }) => type)).to.deep.equal(['2.5.29.35', '2.5.29.20']);
      for (const node of [paths().peer, paths().orderer]) {
        expect(text(join(node.msp.folder, 'crls', 'crl.pem'))).to.equal(text(crl));
      }
    });

    it('are refused by an MSP that has the list, with every certificate they ever had, and nobody else is', async () => {
      const { certificate } = paths().user('alpha.clerk1').msp;
      const first = text(certificate);
      renewed('user', { user: clerk, newKey: true }, 1);
      const { crl, added } = await json(revocation, 'identity', 'revoke', 'alpha.clerk1');
      expect(added).to.have.length(2);
      expect(verdictOn(crl, first)).to.equal('REVOKED');
      expect(verdictOn(crl, text(certificate))).to.equal('REVOKED');
      expect(verdictOn(crl, text(paths().user('alpha.head1').msp.certificate))).to.equal('valid');
      const given = ['identity', 'export', 'alpha.clerk1', '--out', join(directory, 'clerk')];
      const refused = await cli(...given);
      expect(refused.code).to.equal(exitCodes.environment);
      expect(refused.err).to.match(/CERTIFICATE_REVOKED.*keys renew.*--new-key/);
      expect(existsSync(join(directory, 'clerk'))).to.equal(false);
      // Whoever gave the key away cannot keep it.
      const kept = await cli('keys', 'renew', 'user', 'alpha.clerk1');
      expect(kept.err).to.contain('CERTIFICATE_REVOKED');
      expect((await cli('keys', 'renew', 'user', 'alpha.clerk1', '--new-key')).code).to.equal(0);
      expect(verdictOn(crl, text(certificate))).to.equal('valid');
      expect((await cli(...given)).code).to.equal(exitCodes.ok);
    });

    it('stay on the list when others follow, and are listed with name and reason', async () => {
      await cli('identity', 'revoke', 'alpha.clerk1', '--reason', 'affiliationChanged');
      const again = await json(revocation, 'identity', 'revoke', 'alpha.clerk1');
      expect(again, 'nothing to add').to.deep.include({ number: 1, added: [] });
      const serial = ['--serial', '00:0A:ff', '--department', 'alpha'];
      const { crl, number } = await json(revocation, 'identity', 'revoke', ...serial);
      expect(number).to.equal(2);
      expect(new x509.X509Crl(text(crl)).entries).to.have.length(2);
      const { out } = await cli('identity', 'revoked');
      expect(out).to.match(/alpha\.clerk1 .*调离[^]*aff .*未说明/);
    });

    it('are told what is missing: a name, a department, the key of the root', async () => {
      expect((await cli('identity', 'revoke')).err).to.contain('IDENTITY_UNKNOWN');
      expect((await cli('identity', 'revoke', 'alpha.nobody')).code).to.equal(exitCodes.usage);
      const bad = await cli('identity', 'revoke', '--serial', 'xyz', '--department', 'alpha');
      expect(bad.code).to.equal(exitCodes.usage);
      copyFileSync(paths().ca.key, join(directory, 'away'));
      rmSync(paths().ca.key);
      const keyless = await cli('identity', 'revoke', 'alpha.clerk1');
      expect(keyless.err).to.contain('IDENTITY_UNKNOWN');
      expect(existsSync(join(paths().msp, 'crls'))).to.equal(false);
    });
  });
});
