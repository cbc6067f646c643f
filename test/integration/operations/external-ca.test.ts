import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import {
  acceptCertificates,
  freePorts,
  NetworkError,
  readTopology,
  TransactionClient,
} from '@yici/network/testing';
import { parseCertificate } from '@yici/ledger';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ExternalCa, requestFor } from '../../support/operations/external-ca.js';
import { department, smallTopology } from '../../unit/topology/topologies.js';
import { writeForeignContract } from '../topology/contracts.js';
import { yiciNetworkHere } from '../topology/support.js';

const issues = z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) });

describe('a department whose certificates another authority issues, below a root of its own', function () {
  this.timeout(120_000);
  let directory: string;
  let network: EmbeddedNetwork;
  let ca: ExternalCa;
  let tlsCa: ExternalCa;
  let certificates: string[] = [];

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-external-'));
    const path = writeForeignContract(join(directory, 'contract'));
    const topology = smallTopology({ chaincode: { name: 'foreign', path, port: 0 } });
    network = await openEmbeddedNetwork({ directory: at('state'), topology });
    const [peer = 0] = await freePorts(1);
    const gamma = { ...department('gamma', 3), ports: { peer } };
    const stored = readTopology(dataFolder(at('state')).topology);
    const wider = { ...stored, departments: [...stored.departments, gamma] };
    writeFileSync(at('wider.yaml'), stringify(wider));
    [ca, tlsCa] = [new ExternalCa(directory, 'ca'), new ExternalCa(directory, 'tlsca')];
  });

  after(async () => {
    await network.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const at = (name: string) => join(directory, name);
  const csr = (name: string) => join(at('requests'), `${name}.csr`);
  const keyOf = (user: string) => at(`keys/pki/gamma/users/${user}/msp/keystore/key.pem`);

  async function done(...args: string[]): Promise<string> {
    const { code, out, err } = await yiciNetworkHere(...args);
    expect(code, `${args.join(' ')}\n${err}`).to.equal(0);
    return out;
  }

  /** What is wrong with these certificates, by file. */
  function faults(files: readonly string[], now = new Date(), chain = ca.chain): string[] {
    const topology = readTopology(at('wider.yaml'));
    const gamma = topology.departments.find(({ id }) => id === 'gamma');
    const issued = { certificates: files, ca: chain, tlsCa: tlsCa.chain };
    try {
      acceptCertificates({ topology, directory: at('keys'), now }, gamma!, issued);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      expect(error.code).to.equal('CERTIFICATES_INVALID');
      return issues
        .parse(error.details)
        .issues.map(({ path, message }) => `${path.split('/').at(-1) ?? ''}: ${message}`);
    }
    return [];
  }

  it('asks for them by requests, and keeps its keys', async () => {
    const place = ['--department', 'gamma', '--dir', at('keys'), '--out', at('requests')];
    const { requests } = z
      .object({ requests: z.array(z.string()) })
      .parse(
        JSON.parse(
          await done('keys', 'request', ...place, '--topology', at('wider.yaml'), '--json'),
        ),
      );
    expect(requests.map((file) => file.slice(at('requests').length + 1))).to.include.members([
      ...['peer0.csr', 'peer0.tls.csr', 'gamma.admin.csr', 'gamma.clerk1.tls.csr'],
    ]);
    const key = readFileSync(keyOf('gamma.clerk1'), 'utf8');
    await done('keys', 'request', ...place);
    expect(readFileSync(keyOf('gamma.clerk1'), 'utf8'), 'asked for again').to.equal(key);
  });

  it('takes none of them while anything is wrong, and says of each what', () => {
    const issue = (name: string) => ca.issue(csr(name));
    const swapped = requestFor(
      keyOf('gamma.head1'),
      '/OU=client/CN=gamma.head1',
      csr('gamma.head1'),
    );
    const stranger = requestFor(at('ca-root.key'), '/OU=client/CN=gamma.clerk1', csr('stranger'));
    const bare = tlsCa.issue(csr('peer0.tls'), 'none');
    const other = tlsCa.issue(csr('peer0'));
    const found = faults([ca.issue(swapped), ca.issue(stranger), bare, other]);
    expect(found).to.include.members([
      'gamma.head1.pem: its OU is client, not head',
      'gamma.head1.pem: its yici.role is (absent), not head',
      'stranger.pem: it is for no key of this department',
      'peer0.tls.pem: it does not name the hosts 127.0.0.1 localhost peer0.gamma.yici.internal',
      'peer0.tls.pem: its extendedKeyUsage is (absent), not serverAuth',
      'gamma.admin.csr: there is no certificate for it',
    ]);
    const purposes = { only: 'extendedKeyUsage=clientAuth,codeSigning' };
    expect(faults([tlsCa.issue(csr('peer0.tls'), purposes)])).to.include(
      'peer0.tls.pem: its extendedKeyUsage is clientAuth 1.3.6.1.5.5.7.3.3, not serverAuth',
    );
    expect(found.find((line) => line.startsWith('peer0.pem'))).to.match(/has no chain to a root/);
    expect(faults([issue('gamma.admin')], new Date('2099-01-01')).join()).to.match(
      /gamma\.admin\.pem: .*(?:2099|valid|expired)/i,
    );
    expect(faults([issue('gamma.admin')], new Date(), at('ca-intermediate.pem')).join()).to.match(
      /ca-intermediate\.pem: /,
    );
    expect(faults([at('wider.yaml')])).to.include('wider.yaml: it is no certificate');
  });

  it('takes them when all is right', async () => {
    await done(
      'keys',
      'request',
      '--department',
      'gamma',
      '--dir',
      at('keys'),
      '--out',
      at('requests'),
    );
    certificates = [
      ...ca.issueAll(at('requests'), /^(?:peer0|gamma\.\w+)\.csr$/),
      ...tlsCa.issueAll(at('requests'), /\.tls\.csr$/),
    ];
    const chains = ['--ca', ca.chain, '--tls-ca', tlsCa.chain];
    await done(
      'keys',
      'accept',
      ...certificates,
      '--department',
      'gamma',
      ...chains,
      '--dir',
      at('keys'),
    );
    const status = await done('keys', 'status', '--warn-days', '7', '--dir', at('keys'));
    expect(status.match(/ca\.gamma/g), 'roots and intermediates').to.have.length(4);
    expect(faults(certificates), 'again').to.deep.equal([]);
  });

  it('joins like any other, and its users write', async () => {
    await done(
      'keys',
      'export',
      '--department',
      'gamma',
      '--dir',
      at('keys'),
      '--out',
      at('gamma.json'),
    );
    const place = ['--dir', at('state')];
    const propose = ['add-department', at('gamma.json'), '--topology', at('wider.yaml')];
    await done('channel', 'propose', ...propose, '--out', at('joins.json'), ...place);
    await done(
      'channel',
      'sign',
      at('joins.json'),
      '--department',
      'alpha',
      'beta',
      '--yes',
      ...place,
    );
    cpSync(at('keys/pki/gamma'), at('state/pki/gamma'), { recursive: true });
    await done('channel', 'submit', at('joins.json'), ...place);
    await network.close();
    const next = readTopology(dataFolder(at('state')).topology);
    const chaincode = { ...next.chaincode, sequence: 2 };
    network = await openEmbeddedNetwork({
      directory: at('state'),
      topology: { ...next, chaincode },
    });
    const identity = await network.identity('gamma.clerk1');
    const client = new TransactionClient({
      ...{ channel: 'small', gateway: network.peer('GammaMSP'), identity, now: () => new Date() },
    });
    const args = ['put', 'colour', '1'].map((each) => Buffer.from(each));
    await client.submit({ chaincode: 'foreign', args });
    const { issuer } = parseCertificate(
      readFileSync(at('state/pki/gamma/users/gamma.clerk1/msp/signcerts/cert.pem')),
    );
    expect(issuer).to.include('ca intermediate');
  });
});
