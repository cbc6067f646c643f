import { departmentPaths, type NodePaths } from '../../pki/layout.js';
import { listensOn } from '../../topology/derive.js';
import type { Department } from '../../topology/schema.js';
import { nodeFolder, type NodeFolder, type NodeHost } from './layout.js';
import { chosen, tunedOrdererSettings, type Setting } from './settings.js';

/** All settings in which a department's orderer.yaml differs from the release's sample. */
export function ordererSettings({ department, folder, settings }: NodeHost): readonly Setting[] {
  const paths = departmentPaths(folder.root, department.id).orderer;
  return [
    ...general(department, paths),
    ...endpoints(department, paths),
    ...storage(nodeFolder(folder, department, 'orderer')),
    ...chosen(tunedOrdererSettings, settings),
  ];
}

function general(department: Department, { msp, tls }: NodePaths): Setting[] {
  return [
    { key: 'General.ListenAddress', value: department.host },
    { key: 'General.ListenPort', value: department.ports.orderer ?? 0 },
    { key: 'General.LocalMSPID', value: department.mspId },
    { key: 'General.LocalMSPDir', value: msp.folder },
    { key: 'General.TLS.Enabled', value: true },
    { key: 'General.TLS.PrivateKey', value: tls.key },
    { key: 'General.TLS.Certificate', value: tls.certificate },
    { key: 'General.TLS.RootCAs', value: [tls.root] },
    // TLS between consenters is mutual; the other departments' roots come from the channel's configuration.
    { key: 'General.Cluster.ClientCertificate', value: tls.certificate },
    { key: 'General.Cluster.ClientPrivateKey', value: tls.key },
    { key: 'General.Cluster.RootCAs', value: [tls.root] },
  ];
}

function endpoints(department: Department, { tls }: NodePaths): Setting[] {
  const at = (name: 'ordererAdmin' | 'ordererOperations') =>
    `${listensOn(department, name)}:${department.ports[name] ?? 0}`;
  return [
    { key: 'Operations.ListenAddress', value: at('ordererOperations') },
    { key: 'Admin.ListenAddress', value: at('ordererAdmin') },
    { key: 'Admin.TLS.Enabled', value: true },
    { key: 'Admin.TLS.Certificate', value: tls.certificate },
    { key: 'Admin.TLS.PrivateKey', value: tls.key },
    { key: 'Admin.TLS.ClientAuthRequired', value: true },
    { key: 'Admin.TLS.ClientRootCAs', value: [tls.root] },
  ];
}

function storage({ data }: NodeFolder): Setting[] {
  return [
    { key: 'FileLedger.Location', value: data },
    { key: 'Consensus.WALDir', value: `${data}/consensus/wal` },
    { key: 'Consensus.SnapDir', value: `${data}/consensus/snapshot` },
  ];
}
