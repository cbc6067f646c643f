import { parseTopology, type TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { nativeTopology } from '../../support/fabric-network.js';

/** Peers' and orderers' ports as given, in the order of the departments. */
function withPorts(...ports: readonly { peer: number; orderer: number }[]): TopologyInput {
  const topology = nativeTopology();
  return {
    ...topology,
    departments: topology.departments.map((each, index) => ({
      ...each,
      ports: ports[index] ?? { peer: 0, orderer: 0 },
    })),
  };
}

const portsOf = (topology: TopologyInput) =>
  parseTopology(topology).departments.map(({ ports }) => ports);

describe('the ports of native nodes', () => {
  it('are derived from the port of the peer', () => {
    const [first] = portsOf(withPorts({ peer: 7051, orderer: 7050 }));
    expect(first).to.deep.equal({
      peer: 7051,
      orderer: 7050,
      peerChaincode: 8051,
      peerOperations: 9051,
      ordererAdmin: 10_051,
      ordererOperations: 11_051,
      chaincode: 12_051,
    });
  });

  it('step aside for each other and for those given', () => {
    const all = portsOf(
      withPorts(
        { peer: 7051, orderer: 8051 },
        { peer: 8052, orderer: 9051 },
        { peer: 7052, orderer: 9052 },
        { peer: 7053, orderer: 9053 },
      ),
    ).flatMap((ports) => Object.values(ports));
    expect(new Set(all).size).to.equal(all.length);
  });

  it('are to be chosen where the peer’s is, and where no number is left', () => {
    const [first, second] = portsOf(
      withPorts({ peer: 0, orderer: 0 }, { peer: 65_000, orderer: 64_000 }),
    );
    expect(first).to.include({ peerOperations: 0, ordererAdmin: 0, chaincode: 0 });
    expect(second).to.include({ peerOperations: 0, ordererAdmin: 0, chaincode: 0 });
  });

  it('are none of the embedded engine’s, and no orderer’s where none orders', () => {
    expect(portsOf({ ...nativeTopology(), engine: 'embedded' })[0]).to.have.keys('peer', 'orderer');
    const [, , , last] = portsOf(nativeTopology({ ordering: 'raft' }, (id) => id !== 'data'));
    expect(last).to.have.keys('peer', 'peerChaincode', 'peerOperations', 'chaincode');
  });

  it('are kept as they are given', () => {
    const topology = withPorts({ peer: 7051, orderer: 7050 });
    Object.assign(topology.departments[0]?.ports ?? {}, { peerOperations: 6000 });
    expect(portsOf(topology)[0]).to.include({ peerOperations: 6000, peerChaincode: 8051 });
  });

  it('may not meet on loopback, whatever the departments’ own addresses', () => {
    const topology = withPorts({ peer: 7051, orderer: 7050 }, { peer: 7061, orderer: 7060 });
    for (const [index, each] of topology.departments.slice(0, 2).entries()) {
      Object.assign(each, { host: `127.0.0.${index + 2}` });
      Object.assign(each.ports, { peerOperations: 6000 });
    }
    expect(() => parseTopology(topology)).to.throw(
      'departments.1.ports.peerOperations: the port 127.0.0.1:6000 is used already',
    );
  });
});

describe('the engine of a topology', () => {
  it('has TLS between peer and chaincode, unless somebody else runs it without', () => {
    const tls = (change: Parameters<typeof nativeTopology>[0]) =>
      parseTopology(nativeTopology(change)).chaincode.tls;
    expect(tls({})).to.equal(true);
    expect(tls({ engine: 'embedded' })).to.equal(true);
    // What an older release wrote down: the process that is started here has TLS all the same.
    expect(tls({ chaincode: { tls: false } })).to.equal(true);
    expect(tls({ chaincode: { address: 'elsewhere:9999' } })).to.equal(true);
    expect(tls({ chaincode: { address: 'elsewhere:9999', tls: false } })).to.equal(false);
  });
});
