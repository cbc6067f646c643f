import type { DepartmentPaths } from '../../pki/layout.js';
import { listensOn } from '../../topology/derive.js';
import type { Department } from '../../topology/schema.js';
import type { NodeFolder } from './layout.js';
import { chosen, tunedOrdererSettings, type Setting, type SettingsChoice } from './settings.js';

interface OrdererConfigInput {
  readonly department: Department;
  readonly paths: DepartmentPaths;
  readonly node: NodeFolder;
  readonly settings?: SettingsChoice | undefined;
}

/** All settings in which a department's orderer.yaml differs from the release's sample. */
export function ordererSettings(input: OrdererConfigInput): readonly Setting[] {
  return [
    ...general(input),
    ...endpoints(input),
    ...storage(input),
    ...chosen(tunedOrdererSettings, input.settings),
  ];
}

function general({ department, paths }: OrdererConfigInput): Setting[] {
  const { msp, tls } = paths.orderer;
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

function endpoints({ department, paths }: OrdererConfigInput): Setting[] {
  const { tls } = paths.orderer;
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

function storage({ node }: OrdererConfigInput): Setting[] {
  return [
    { key: 'FileLedger.Location', value: node.data },
    { key: 'Consensus.WALDir', value: `${node.data}/consensus/wal` },
    { key: 'Consensus.SnapDir', value: `${node.data}/consensus/snapshot` },
  ];
}
