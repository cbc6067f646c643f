import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, type FabricNetwork } from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { nativeSuite, nativeTopology, openNative } from '../../support/fabric-network.js';
import { ExternalCa } from '../../support/operations/external-ca.js';
import { connectWith, yiciNetworkHere } from '../../integration/topology/support.js';

describe('native nodes of a department whose certificates an intermediate of another authority issued', function () {
  this.timeout(180_000);
  const suite = nativeSuite(openWithAuthority);

  async function openWithAuthority(directory: string): Promise<FabricNetwork> {
    const made = join(directory, 'made');
    mkdirSync(made);
    const { departments, ...rest } = nativeTopology();
    const ports = await freePorts(2 * departments.length);
    const topology = {
      ...rest,
      departments: departments.map((each, no) => ({
        ...each,
        ports: { peer: ports[2 * no]!, orderer: ports[2 * no + 1]! },
      })),
    };
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
    return openNative(directory, topology);
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

  it('order, endorse and take the writes of its users and of the others', async () => {
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
});
