/** For suites that look inside: what only they import. Product code never does. */

export { NetworkError, networkErrorCodes } from './errors.js';

// The topology.
export { parseTopology, parseTopologyYaml, readTopology } from './topology/load.js';
export { toMermaid } from './topology/mermaid.js';
export {
  allUsers,
  consenters,
  hostname,
  ordererAddress,
  peerAddress,
  usersOf,
} from './topology/nodes.js';
export {
  topologySchema,
  type Department,
  type Topology,
  type TopologyInput,
} from './topology/schema.js';

// Keys, the genesis block, identities handed out.
export { ensurePki } from './pki/ensure.js';
export { acceptCertificates } from './external-ca/exchange.js';
export { followMsp } from './pki/msp-folders.js';
export { heldCertificates } from './pki/held.js';
export { renew, type Renewal } from './pki/renew.js';
export { forgetPrevious } from './pki/replace.js';
export { departmentPaths, type ChaincodePaths, type DepartmentPaths } from './pki/layout.js';
export { readTls, readUser, type IdentityFiles } from './pki/read.js';
export { accessControlList } from './genesis/application.js';
export { encodeGenesis, orderingDepartments } from './genesis/genesis.js';
export { readMaterial } from './genesis/material.js';
export {
  demoTopologyFile,
  genesisHashOf,
  prepareFolder,
  resolveTopology,
  type PreparedNetwork,
} from './genesis/prepare.js';

// Changes of the channel.
export { merged, withSignature } from './channel/change-file.js';
export { channelChanges, type ReadyChange } from './channel/changes/index.js';
export { namedChange, planChange, proposeChange } from './channel/propose.js';
export { orderersToRestart, rekeyed, signingThrough } from './channel/restarts.js';
export { settingsOf } from './channel/settings.js';
export { settingFields } from './topology/settings.js';

// The chaincode's lifecycle.
export { storedGzip } from './archive/stored-gzip.js';
export { codeDigest, ownChaincode, packageOf } from './lifecycle/chaincode-code.js';
export { buildChaincodePackage, earlierIds, supersedes } from './lifecycle/chaincode-package.js';
export { TransactionClient } from './lifecycle/client.js';
export { definitionOf } from './lifecycle/definition.js';
export { valuesCollections } from './lifecycle/values-collections.js';

// The data folder and its processes.
export { ChaincodeProcess } from './supervisor/chaincode-process.js';
export { askNetwork, controlPath, serveControl } from './supervisor/control.js';
export { isLocked, lockFolder, readRunning } from './supervisor/data-folder.js';
export { acceptsConnections, freePorts } from './supervisor/probe.js';
export { SupervisedProcess } from './supervisor/supervised-process.js';

// The embedded network.
export {
  openChannelLedger,
  type ChannelLedgerDependencies,
} from './embedded/assembly/channel-ledger.js';
export type { ChannelLedgerOptions } from './embedded/assembly/ledger-parts.js';
export { openEmbeddedPeer, type EmbeddedPeer } from './embedded/assembly/peer.js';
export type { RecoveryProgress } from './embedded/commit/recover.js';
export { planEndorsers } from './embedded/endorse/planner.js';
export type { ChannelLedger, StateSnapshot } from './embedded/ports.js';
export type { PeerGateway } from './embedded/services/peer-gateway.js';
export { RpcError } from './embedded/services/rpc-error.js';
export {
  BlockFiles,
  type BlockPosition,
  type StoredBlock,
} from './embedded/storage/block-files.js';
export { LevelStore, WriteBatch } from './embedded/storage/level-store.js';
export { readServicePackage } from './embedded/system/package-archive.js';

// Native Fabric nodes.
export { examineMachine, type DoctorReport } from './fabric/binaries/doctor/doctor.js';
export {
  installFabric,
  type InstallDependencies,
  type InstallOptions,
  type InstallReport,
} from './fabric/binaries/install.js';
export { findFabric, type FabricTool } from './fabric/binaries/locate.js';
export { fabricVersion, hostPlatform, servingVersions } from './fabric/binaries/release.js';
export { isTokenBuild, requireTokenBuild } from './fabric/binaries/token-build.js';
export { adminEndpoint } from './fabric/channel/department.js';
export { joinOrderer } from './fabric/channel/participation.js';
export type { NodeState } from './fabric/fleet.js';
export { named } from './fabric/grpc/named.js';
export { FabricPeer, type PeerEndpoint } from './fabric/grpc/peer-client.js';
export { problemsOf, type NodeFacts } from './fabric/node-facts.js';
export { renderedGatewayConfig } from './fabric/gateway-config.js';
export { lookAtGateway } from './fabric/gateway-status.js';
export { publicNodes } from './fabric/public-nodes.js';
export { lookAtNode, metric, parseMetrics, readMetrics } from './fabric/node/operations.js';
export { tunedOrdererSettings, tunedPeerSettings } from './fabric/node/settings.js';
export { openFabricNetwork, type FabricNetwork } from './fabric/open.js';
export { nativeStatus } from './fabric/status.js';

// One department's own host.
export {
  collectCertificates,
  collectFromGenesis,
  exportCertificates,
  readFitting,
} from './render/certificates-file.js';
export { departmentStatus, openDepartmentHost } from './render/host.js';
export { makeDepartmentKeys } from './render/keys.js';
export { renderDepartment, type RenderOptions, type RenderReport } from './render/render.js';

// The command.
export { exportBlocks, readBlockFiles } from './cli/node/block-export.js';
export { exitCodes } from './cli/exit.js';
export { exportIdentity } from './cli/keys/identities.js';
export { main as runCli } from './cli/program.js';
export { enrolmentLimits } from './identity/enrolments.js';
