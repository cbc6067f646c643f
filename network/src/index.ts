/** The public list of @yici/network: the topology, keys, genesis and, on them, the embedded network. */
export * from './errors.js';
export type * from './embedded/ports.js';
export {
  departmentFunctions,
  topologySchema,
  userRoles,
  type Department,
  type Topology,
  type TopologyInput,
  type User,
  type UserRole,
} from './topology/schema.js';
export {
  parseTopology,
  parseTopologyYaml,
  readTopology,
  type TopologyIssue,
} from './topology/load.js';
export { faultsTolerated } from './topology/checks.js';
export {
  allUsers,
  consenters,
  findDepartment,
  findUser,
  hostname,
  ordererAddress,
  peerAddress,
  usersOf,
} from './topology/nodes.js';
export { toMermaid } from './topology/mermaid.js';
export { ensurePki, type PkiReport } from './pki/ensure.js';
export { departmentPaths, type ChaincodePaths, type DepartmentPaths } from './pki/layout.js';
export { readTls, readUser, type IdentityFiles } from './pki/read.js';
export { writeAtomically } from './atomic.js';
export {
  effectiveOrdering,
  encodeGenesis,
  orderingDepartments,
  type GenesisInput,
} from './genesis/genesis.js';
export { readMaterial, type DepartmentMaterial } from './genesis/material.js';
export { accessControlList } from './genesis/application.js';
export {
  BlockFiles,
  type BlockFilesOptions,
  type BlockLocation,
  type BlockPosition,
  type StoredBlock,
} from './embedded/storage/block-files.js';
export { LevelStore, WriteBatch } from './embedded/storage/level-store.js';
export { PublicState } from './embedded/storage/repositories/public-state.js';
export {
  demoTopologyFile,
  genesisHashOf,
  prepareFolder,
  resolveTopology,
  type PreparedNetwork,
  type TopologySource,
} from './genesis/prepare.js';
export {
  readerRoles,
  valuesCollectionName,
  valuesCollections,
} from './lifecycle/values-collections.js';
export {
  buildChaincodePackage,
  supersedes,
  type ChaincodePackage,
} from './lifecycle/chaincode-package.js';
export { ChaincodeProcess, type ChaincodeHealth } from './supervisor/chaincode-process.js';
export {
  keepPrivate,
  dataFolder,
  isLocked,
  lockFolder,
  readRunning,
  type DataFolder,
  type FolderLock,
  type RunningNetwork,
} from './supervisor/data-folder.js';
export { acceptsConnections, freePorts, whyNotFree } from './supervisor/probe.js';
export { exportIdentity, listIdentities, pinGateway } from './cli/identities.js';
export { writeIdentity, type ConnectionFile, type GatewayPin } from './identity/export.js';
export { exportBlocks, readBlockFiles, type ExportReport } from './cli/block-export.js';
export { main as runCli } from './cli/program.js';
export { exitCodes } from './cli/exit.js';
export {
  openEmbeddedNetwork,
  type EmbeddedNetwork,
  type EmbeddedNetworkOptions,
} from './embedded/assembly/open.js';
export { RpcError, type ErrorDetail } from './embedded/services/rpc-error.js';
export type { DeliverKind, PeerGateway } from './embedded/services/peer-gateway.js';
export { TransactionClient, type Call, type TransactionGateway } from './lifecycle/client.js';
export {
  openEmbeddedPeer,
  type EmbeddedPeer,
  type EmbeddedPeerAddresses,
  type EmbeddedPeerNode,
  type EmbeddedPeerOptions,
} from './embedded/assembly/peer.js';
export type { ChaincodeService } from './embedded/system/packages.js';
export {
  openChannelLedger,
  type ChannelLedgerDependencies,
  type ChannelLedgerOptions,
} from './embedded/assembly/channel-ledger.js';
export type { RecoveryProgress } from './embedded/commit/recover.js';
export {
  findFabric,
  type FabricInstallation,
  type FabricLookup,
  type FabricTool,
} from './fabric/binaries/locate.js';
export { checkFabric, requireFabric, type BinaryVersion } from './fabric/binaries/version.js';
export { fabricVersion, hostPlatform, type FabricPlatform } from './fabric/binaries/release.js';
export {
  installFabric,
  type InstallDependencies,
  type InstallOptions,
  type InstallReport,
} from './fabric/binaries/install.js';
export { examineMachine, type DoctorReport } from './fabric/binaries/doctor/doctor.js';
export { planEndorsers } from './embedded/endorse/planner.js';
export { readServicePackage, type ServicePackage } from './embedded/system/package-archive.js';
export { openFabricNetwork, type FabricNetwork, type FabricNetworkOptions } from './fabric/open.js';
export type { NodeState } from './fabric/fleet.js';
export { joinOrderer, type AdminEndpoint } from './fabric/channel/participation.js';
export { adminEndpoint } from './fabric/channel/department.js';
export { FabricPeer, type PeerEndpoint } from './fabric/grpc/peer-client.js';
export {
  tunedOrdererSettings,
  tunedPeerSettings,
  type TunedSetting,
} from './fabric/node/settings.js';
export { renderDepartment, type RenderOptions, type RenderReport } from './render/render.js';
export { makeDepartmentKeys } from './render/keys.js';
export {
  collectCertificates,
  exportCertificates,
  type CertificatesReport,
} from './render/certificates-file.js';
export {
  departmentStatus,
  joinChannel,
  openDepartmentHost,
  type DepartmentHost,
  type DepartmentHostOptions,
} from './render/host.js';
export { approveAsDepartment, commitAsDepartment, type Agreement } from './render/agree.js';
export { nativeStatus, type NativeStatus } from './fabric/status.js';
export { metric, parseMetrics, readMetrics, type Metrics } from './fabric/node/operations.js';
export { askNetwork, controlPath, serveControl } from './supervisor/control.js';
export {
  SupervisedProcess,
  type ProcessEvents,
  type ProcessHealth,
  type ProcessOptions,
} from './supervisor/supervised-process.js';
