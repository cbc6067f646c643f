import { join } from 'node:path';
import { hostname, peerAddress } from '../../topology/nodes.js';
import { listensOn } from '../../topology/derive.js';
import { departmentPaths, type NodePaths } from '../../pki/layout.js';
import type { Department, Topology } from '../../topology/schema.js';
import { nodeFolder, type NodeFolder, type NodeHost } from './layout.js';
import { chosen, tunedPeerSettings, type Setting } from './settings.js';

/** All settings in which a department's core.yaml differs from the release's sample. */
export function peerSettings(host: NodeHost): readonly Setting[] {
  const { topology, department, folder } = host;
  const paths = departmentPaths(folder.root, department.id).peer;
  return [
    ...identity(topology, department, paths),
    ...addresses(department),
    ...tls(paths),
    ...storage(nodeFolder(folder, department, 'peer')),
    ...tuned(host),
  ];
}

function identity(topology: Topology, department: Department, { msp }: NodePaths): Setting[] {
  return [
    { key: 'peer.id', value: hostname(topology, department, 'peer0') },
    { key: 'peer.networkId', value: topology.channel },
    { key: 'peer.localMspId', value: department.mspId },
    { key: 'peer.mspConfigPath', value: msp.folder },
    { key: 'peer.authentication.timewindow', value: `${topology.windowSeconds}s` },
  ];
}

function addresses(department: Department): Setting[] {
  const address = peerAddress(department);
  const { peerChaincode = 0, peerOperations = 0 } = department.ports;
  const chaincode = `${listensOn(department, 'peerChaincode')}:${peerChaincode}`;
  return [
    { key: 'peer.listenAddress', value: address },
    { key: 'peer.address', value: address },
    { key: 'peer.chaincodeListenAddress', value: chaincode },
    { key: 'peer.chaincodeAddress', value: chaincode },
    // One peer per department: it bootstraps gossip with itself; other departments are found through the channel's anchor peers.
    { key: 'peer.gossip.bootstrap', value: address },
    { key: 'peer.gossip.endpoint', value: address },
    { key: 'peer.gossip.externalEndpoint', value: address },
    {
      key: 'operations.listenAddress',
      value: `${listensOn(department, 'peerOperations')}:${peerOperations}`,
    },
  ];
}

function tls({ tls: files }: NodePaths): Setting[] {
  return [
    { key: 'peer.tls.enabled', value: true },
    { key: 'peer.tls.cert.file', value: files.certificate },
    { key: 'peer.tls.key.file', value: files.key },
    { key: 'peer.tls.rootcert.file', value: files.root },
    // Clients must present a certificate of a department of the channel. The peer takes the other departments' roots
    // from the channel's configuration (core/peer updateTrustedRoots), so they follow changes of membership.
    { key: 'peer.tls.clientAuthRequired', value: true },
    { key: 'peer.tls.clientRootCAs.files', value: [files.root] },
    { key: 'peer.tls.clientCert.file', value: files.certificate },
    { key: 'peer.tls.clientKey.file', value: files.key },
  ];
}

function storage({ data }: NodeFolder): Setting[] {
  return [
    { key: 'peer.fileSystemPath', value: data },
    { key: 'ledger.snapshots.rootDir', value: `${data}/snapshots` },
  ];
}

function tuned({ topology, fabric, settings }: NodeHost): Setting[] {
  return [
    ...chosen(tunedPeerSettings, settings, topology.departments.length),
    {
      key: 'chaincode.externalBuilders',
      value: [
        {
          name: 'ccaas',
          path: join(fabric.builders, 'ccaas'),
          propagateEnvironment: ['CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG'],
        },
      ],
    },
  ];
}
