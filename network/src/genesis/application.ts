import { aclList, compareUtf8, WireWriter, type ConfigGroup } from '@yici/ledger';
import type { Topology } from '../topology/schema.js';
import { capability, configGroup } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { applicationOrganization } from './organization.js';
import { policyFromRule } from './policies.js';

/** Fabric's own defaults (sampleconfig/configtx.yaml, ACLs), written explicitly so that an auditor sees them. */
const accessControl = {
  '/Channel/Application/Writers': [
    '_lifecycle/CheckCommitReadiness',
    '_lifecycle/CommitChaincodeDefinition',
    '_lifecycle/QueryChaincodeDefinition',
    '_lifecycle/QueryChaincodeDefinitions',
    'peer/Propose',
    'peer/ChaincodeToChaincode',
  ],
  '/Channel/Application/Readers': [
    'lscc/ChaincodeExists',
    'lscc/GetDeploymentSpec',
    'lscc/GetChaincodeData',
    'lscc/GetInstantiatedChaincodes',
    'qscc/GetChainInfo',
    'qscc/GetBlockByNumber',
    'qscc/GetBlockByHash',
    'qscc/GetTransactionByID',
    'qscc/GetBlockByTxID',
    'cscc/GetConfigBlock',
    'cscc/GetChannelConfig',
    'event/Block',
    'event/FilteredBlock',
  ],
} as const;

/** Resource -> policy, as `configtx.yaml` names them. */
export const accessControlList: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(accessControl).flatMap(([policy, resources]) =>
    resources.map((resource) => [resource, policy] as const),
  ),
);

/** The Application group: all departments, read and write policies, and the endorsement policy. */
export function applicationGroup(
  topology: Topology,
  material: readonly DepartmentMaterial[],
): ConfigGroup {
  const { policies } = topology;
  return configGroup({
    values: { ACLs: acls(), Capabilities: capability('V2_5') },
    policies: {
      Readers: policyFromRule(policies.readers),
      Writers: policyFromRule(policies.writers),
      Admins: policyFromRule(policies.admins),
      Endorsement: policyFromRule(policies.endorsement),
      LifecycleEndorsement: policyFromRule(policies.lifecycleEndorsement),
    },
    groups: Object.fromEntries(
      material.map((entry) => [entry.department.mspId, applicationOrganization(entry)] as const),
    ),
  });
}

/** peer.ACLs, each entry a peer.APIResource. */
function acls(): Uint8Array {
  const entries = Object.entries(accessControlList).map(([key, policy]) => ({
    key,
    value: new WireWriter().string(1, policy).finish(),
  }));
  return aclList.encode({ entries: entries.sort((a, b) => compareUtf8(a.key, b.key)) });
}
