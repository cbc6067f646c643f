import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type SecureContextOptions } from 'node:tls';
import { promisify } from 'node:util';
import { dataFolder } from '@yici/network';
import {
  departmentPaths,
  ensurePki,
  makeDepartmentKeys,
  NetworkError,
  parseTopology,
  type Topology,
} from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { worldTopology } from '../integration/gateway/support/world.js';

const run = promisify(execFile);
const passphrase = 'correct horse battery staple';
const bin = join(process.cwd(), 'network', 'bin', 'yici-network.mjs');

interface Pair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** What the network issues its certificates with, in the hands of a department that misuses its root. */
interface Issuing {
  issueTls(authority: unknown, subject: object, hosts: readonly string[], validity: object): Pair;
}

describe('attack 12: keys and certificates', function () {
  this.timeout(60_000);
  let directory: string;
  let topology: Topology;
  let issuing: Issuing;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-pki-attack-'));
    topology = parseTopology(worldTopology);
    ensurePki(topology, directory, new Date());
    const module = new URL('pki/certificates.js', import.meta.resolve('@yici/network')).href;
    issuing = (await import(module)) as Issuing;
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const text = (file: string) => readFileSync(file, 'utf8');
  const pairOf = ({ certificate, key }: { certificate: string; key: string }): Pair => ({
    certificatePem: text(certificate),
    keyPem: text(key),
  });
  /** As every node: the TLS roots of all departments of the channel are trusted. */
  const roots = () =>
    topology.departments.map(({ id }) => text(departmentPaths(directory, id).tlsca.certificate));

  /** What a client that trusts every department says to a server with this certificate; undefined when it is content. */
  async function verdict(server: Pair, servername: string): Promise<string | undefined> {
    const context: SecureContextOptions = { cert: server.certificatePem, key: server.keyPem };
    const listener = createServer(context).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, ca: roots(), servername });
    try {
      await once(socket, 'secureConnect');
      return undefined;
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    } finally {
      socket.destroy();
      listener.close();
    }
  }

  function misissued(hosts: readonly string[], by = 'offices'): Pair {
    const { tlsca } = departmentPaths(directory, by);
    const mspId = topology.departments.find(({ id }) => id === by)?.mspId ?? '';
    const subject = { commonName: `tlsca.${by}`, organization: mspId };
    const key = createPrivateKey(text(tlsca.key));
    const authority = { subject, certificatePem: text(tlsca.certificate), key: () => key };
    const validity = { from: new Date(), days: 10 };
    const of = { commonName: hosts[0] ?? '', organization: mspId };
    return issuing.issueTls(authority, of, hosts, validity);
  }

  it('lets a department’s own nodes be reached by their names and on loopback', async () => {
    for (const name of [`peer0.data.${topology.domain}`, 'localhost']) {
      expect(await verdict(pairOf(departmentPaths(directory, 'data').peer.tls), name)).to.equal(
        undefined,
      );
    }
  });

  // Node has no name for OpenSSL's X509_V_ERR_PERMITTED_VIOLATION.
  it('gives no department a certificate for another one’s host', async () => {
    const foreign = `peer0.data.${topology.domain}`;
    expect(await verdict(misissued([foreign]), foreign)).to.equal('UNSPECIFIED');
    const elsewhere = 'bank.example';
    expect(await verdict(misissued([elsewhere]), elsewhere)).to.equal('UNSPECIFIED');
    const own = `another.offices.${topology.domain}`;
    expect(await verdict(misissued([own]), own), 'its own').to.equal(undefined);
  });

  it('lets no root make a further authority', async () => {
    const { BasicConstraintsExtension, X509Certificate: Certificate } =
      await import('@peculiar/x509');
    for (const { id } of topology.departments) {
      const { ca, tlsca } = departmentPaths(directory, id);
      for (const { certificate } of [ca, tlsca]) {
        const constraints = new Certificate(text(certificate)).getExtension(
          BasicConstraintsExtension,
        );
        expect([constraints?.ca, constraints?.pathLength], certificate).to.deep.equal([true, 0]);
      }
    }
  });

  it('does not let a person’s TLS certificate stand for a server', async () => {
    const { tls } = departmentPaths(directory, 'data').user('data.clerk1');
    const name = `data.clerk1.data.${topology.domain}`;
    expect(await verdict(pairOf(tls), name)).to.equal('INVALID_PURPOSE');
    expect(new X509Certificate(text(tls.certificate)).keyUsage).to.deep.equal([
      '1.3.6.1.5.5.7.3.2',
    ]);
  });

  describe('of a department’s own roots', () => {
    const own = () => dataFolder(join(directory, 'own'));
    let file: string;

    before(() => {
      file = join(directory, 'topology.yaml');
      const departments = worldTopology.departments.map((each, at) => ({
        ...each,
        ports: { peer: 7051 + at, orderer: 7150 + at, chaincode: 7250 + at },
      }));
      const chaincode = { ...worldTopology.chaincode, port: 7300 };
      writeFileSync(file, stringify({ ...worldTopology, departments, chaincode }));
      makeDepartmentKeys(own(), file, 'data', passphrase);
    });

    it('are not in the clear anywhere', () => {
      const { ca, tlsca } = departmentPaths(own().root, 'data');
      for (const { key } of [ca, tlsca]) {
        const pem = text(key);
        expect(pem).to.contain('BEGIN ENCRYPTED PRIVATE KEY');
        expect(() => createPrivateKey(pem)).to.throw();
        expect(() => createPrivateKey({ key: pem, passphrase: 'wrong' })).to.throw();
        const opened = createPrivateKey({ key: pem, passphrase });
        expect(
          new X509Certificate(text(join(key, '..', 'cert.pem'))).checkPrivateKey(opened),
        ).to.equal(true);
      }
    });

    it('issue nothing to whoever lacks the passphrase', () => {
      const [data] = topology.departments.filter(({ id }) => id === 'data');
      const clerk = { name: 'data.clerk9', role: 'clerk' } as const;
      const grown = { ...topology, departments: [{ ...data!, users: [...data!.users, clerk] }] };
      for (const guess of [undefined, 'not the passphrase']) {
        expect(() => ensurePki(grown, own().root, new Date(), guess))
          .to.throw(NetworkError)
          .with.property('code', 'ROOT_KEY_LOCKED');
      }
      const made = ensurePki(grown, own().root, new Date(), passphrase);
      expect(made.made).to.have.length(2);
    });

    it('are sealed later where an earlier release left them in the clear', () => {
      const old = dataFolder(join(directory, 'old'));
      const [data] = topology.departments.filter(({ id }) => id === 'data');
      ensurePki({ ...topology, departments: [data!] }, old.root, new Date());
      const before = text(departmentPaths(old.root, 'data').ca.certificate);
      makeDepartmentKeys(old, file, 'data', passphrase);
      expect(text(departmentPaths(old.root, 'data').ca.key)).to.contain('ENCRYPTED');
      expect(text(departmentPaths(old.root, 'data').ca.certificate)).to.equal(before);
    });

    it('are not made without a passphrase, and none is written before it is known', async () => {
      const dir = join(directory, 'none');
      const args = ['keys', 'make', '--department', 'data', '--topology', file, '--dir', dir];
      const env = { PATH: process.env['PATH'] };
      const refused = await run(process.execPath, [bin, ...args], { env }).catch(
        (error: unknown) => error,
      );
      expect(refused).to.have.property('stderr').that.contains('ROOT_KEY_LOCKED');
      expect(existsSync(dir) ? readdirSync(dir) : []).to.deep.equal([]);
    });
  });
});
