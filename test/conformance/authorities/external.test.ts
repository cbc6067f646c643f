import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main as runYici } from '@yici/client/testing';
import { endorsersIn, outlineOf, parseBlock, transactionEffects } from '@yici/ledger';
import {
  isTokenBuild,
  NetworkError,
  requireTokenBuild,
  type FabricNetwork,
} from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { fabricTool } from '../../support/fabric.js';
import {
  freeNativePorts,
  nativeSuite,
  nativeTopology,
  openNative,
} from '../../support/fabric-network.js';
import { canUseTokens, pin, softToken } from '../../support/token.js';
import { ExternalCa } from '../../support/operations/external-ca.js';
import { connectWith, yiciNetworkHere } from '../../integration/topology/support.js';

describe('native nodes of departments whose keys and certificates are not of our making', function () {
  this.timeout(180_000);
  const suite = nativeSuite(openWithAuthority);
  const hasTokens = canUseTokens() && isTokenBuild(fabricTool('peer'));

  async function openWithAuthority(directory: string): Promise<FabricNetwork> {
    const made = join(directory, 'made');
    mkdirSync(made);
    const { departments, ...rest } = nativeTopology();
    const withPorts = departments.map(async (each) => ({
      ...each,
      ports: await freeNativePorts(),
    }));
    const topology = { ...rest, departments: await Promise.all(withPorts) };
    writeFileSync(join(made, 'city.yaml'), stringify(topology));
    const requests = join(made, 'requests');
    const [ca, tlsCa] = [new ExternalCa(made, 'ca'), new ExternalCa(made, 'tlsca')];
    const own = ['--department', 'hrss', '--dir', directory];
    await done(
      ...['keys', 'request', ...own, '--topology', join(made, 'city.yaml'), '--out', requests],
    );
    const certificates = [
      ...ca.issueAll(requests, /^(?:peer0|orderer0|hrss\.\w+)\.csr$/),
      ...tlsCa.issueAll(requests, /\.tls\.csr$/),
    ];
    await done(
      ...['keys', 'accept', ...certificates, ...own, '--ca', ca.chain, '--tls-ca', tlsCa.chain],
    );
    if (hasTokens) await keysInToken(directory, join(made, 'city.yaml'));
    return openNative(directory, topology);
  }

  /** Another department keeps the signing keys of its nodes and its administrator in a token. */
  async function keysInToken(directory: string, topology: string): Promise<void> {
    const passphrase = join(directory, 'made', 'passphrase');
    writeFileSync(passphrase, 'a sentence of the test\n');
    await done(
      ...['keys', 'make', '--department', 'finance', '--token', softToken().uri()],
      ...['--topology', topology, '--passphrase-file', passphrase, '--dir', directory],
    );
  }

  async function done(...args: string[]): Promise<void> {
    const { code, err } = await yiciNetworkHere(...args);
    expect(code, err).to.equal(0);
  }

  /** Through the department's own peer, endorsed by a majority. */
  async function registers(id: string): Promise<void> {
    const client = connectWith(join(suite.directory, 'identities', `${id}.head1`));
    try {
      const contract = client.gateway.getNetwork(client.channel).getContract(client.chaincode);
      const input = { id, name: { zh: id, en: id }, level: 'city', regionCode: '331100' };
      await contract.submitTransaction('department:register', JSON.stringify(input));
    } finally {
      client.close();
    }
  }

  it('order, endorse and take the writes of users of an intermediate of another authority, and of the others', async () => {
    await registers('hrss');
    await registers('finance');
  });

  it('sign blocks with the others', async () => {
    const { code, out } = await yiciNetworkHere(
      ...['channel', 'show', '--signing', '--json', '--dir', suite.directory],
    );
    expect(code, out).to.equal(0);
    expect(JSON.parse(out)).to.have.property('silent').that.deep.equals([]);
  });

  describe('which lie in a PKCS#11 token', () => {
    before(function () {
      if (!hasTokens) this.skip();
    });

    const pki = (...path: string[]) => join(suite.directory, 'pki', 'finance', ...path);

    it('are in no file, and the settings of the nodes have no PIN', () => {
      for (const node of ['peers/peer0', 'orderers/orderer0', 'users/finance.admin']) {
        const key = readFileSync(pki(node, 'msp', 'keystore', 'key.pem'), 'utf8');
        expect(key, node).to.match(/^pkcs11:token=yici;/);
      }
      for (const file of ['peer/core.yaml', 'orderer/orderer.yaml']) {
        const settings = readFileSync(join(suite.directory, 'fabric', 'finance', file), 'utf8');
        expect(settings, file)
          .to.match(/Default: PKCS11/)
          .and.not.to.include(pin);
      }
    });

    it('sign endorsements of its peer and blocks of its orderer that hold, by our own audit too', async () => {
      const endorsers = ['FinanceMSP', 'EstablishmentMSP', 'DataBureauMSP'];
      const client = connectWith(join(suite.directory, 'identities', 'establishment.head1'));
      try {
        const contract = client.gateway.getNetwork(client.channel).getContract(client.chaincode);
        const entry = { id: 'establishment', name: { zh: '编办', en: 'establishment' } };
        await contract.submit('department:register', {
          arguments: [JSON.stringify({ ...entry, level: 'city', regionCode: '331100' })],
          endorsingOrganizations: endorsers,
        });
      } finally {
        client.close();
      }
      const blocks = join(suite.directory, 'blocks');
      await done(
        ...[
          'blocks',
          'export',
          '--department',
          'finance',
          '--out',
          blocks,
          '--dir',
          suite.directory,
        ],
      );
      const names = readdirSync(blocks).sort((one, other) =>
        one.localeCompare(other, 'en', { numeric: true }),
      );
      const last = parseBlock(readFileSync(join(blocks, names.at(-1)!)));
      const { data } = outlineOf(last.envelopes.at(-1)!);
      expect(endorsersIn(transactionEffects(data))).to.have.members(endorsers);
      const code = await runYici(['audit', 'verify', blocks, '--pin', suite.network.genesisHash], {
        ...{ env: {}, signal: new AbortController().signal },
        ...{ out: () => undefined, note: () => undefined, progress: () => undefined },
        read: () => Promise.reject(new TypeError('nothing is read')),
      });
      expect(code).to.equal(0);
    });

    it('are refused at the start by a program that was built without PKCS#11', () => {
      const [peer, other] = [fabricTool('peer'), fabricTool('configtxgen')];
      expect(isTokenBuild(peer)).to.equal(true);
      expect(() => {
        requireTokenBuild(other);
      })
        .to.throw(NetworkError)
        .with.property('code', 'FABRIC_WITHOUT_PKCS11');
    });
  });
});
