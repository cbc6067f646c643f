import { peer, type common } from '@hyperledger/fabric-protos';
import type { Topology } from '../topology/schema.js';
import { capabilities, configGroup } from './groups.js';
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
): common.ConfigGroup {
  const { policies } = topology;
  return configGroup({
    values: { ACLs: acls(), Capabilities: capabilities('V2_5') },
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

function acls(): peer.ACLs {
  const message = new peer.ACLs();
  for (const [resource, policy] of Object.entries(accessControlList)) {
    const entry = new peer.APIResource();
    entry.setPolicyRef(policy);
    message.getAclsMap().set(resource, entry);
  }
  return message;
}
