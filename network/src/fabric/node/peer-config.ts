import { hostname, peerAddress } from '../../topology/nodes.js';
import { listensOn } from '../../topology/derive.js';
import type { DepartmentPaths } from '../../pki/layout.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { NodeFolder } from './layout.js';
import { chosen, tunedPeerSettings, type Setting, type SettingsChoice } from './settings.js';

interface PeerConfigInput {
  readonly topology: Topology;
  readonly department: Department;
  readonly paths: DepartmentPaths;
  readonly node: NodeFolder;
  readonly settings?: SettingsChoice | undefined;
  /** Folder with bin/{detect,build,release} of Fabric's ccaas builder. */
  readonly builder: string;
}

/** All settings in which a department's core.yaml differs from the release's sample. */
export function peerSettings(input: PeerConfigInput): readonly Setting[] {
  return [
    ...identity(input),
    ...addresses(input),
    ...tls(input),
    ...storage(input),
    ...tuned(input),
  ];
}

function identity({ topology, department, paths }: PeerConfigInput): Setting[] {
  return [
    { key: 'peer.id', value: hostname(topology, department, 'peer0') },
    { key: 'peer.networkId', value: topology.channel },
    { key: 'peer.localMspId', value: department.mspId },
    { key: 'peer.mspConfigPath', value: paths.peer.msp.folder },
    { key: 'peer.authentication.timewindow', value: `${topology.windowSeconds}s` },
  ];
}

function addresses({ department }: PeerConfigInput): Setting[] {
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

function tls({ paths }: PeerConfigInput): Setting[] {
  const files = paths.peer.tls;
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

function storage({ node }: PeerConfigInput): Setting[] {
  return [
    { key: 'peer.fileSystemPath', value: node.data },
    { key: 'ledger.snapshots.rootDir', value: `${node.data}/snapshots` },
  ];
}

function tuned({ topology, builder, settings }: PeerConfigInput): Setting[] {
  return [
    ...chosen(tunedPeerSettings, settings, topology.departments.length),
    {
      key: 'chaincode.externalBuilders',
      value: [
        {
          name: 'ccaas',
          path: builder,
          propagateEnvironment: ['CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG'],
        },
      ],
    },
  ];
}
