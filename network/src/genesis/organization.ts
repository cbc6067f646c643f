import { anchorPeers, encodeMspConfig, ordererAddresses } from '@yici/ledger';
import { ordererAddress } from '../topology/nodes.js';
import { configGroup } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { anyRole } from './policies.js';

/** A department in the Application group: its peers endorse, its clients write, all its members read. */
export function applicationOrganization(material: DepartmentMaterial) {
  const { department } = material;
  return configGroup({
    values: {
      MSP: mspValue(material),
      AnchorPeers: anchorPeers.encode({
        anchorPeers: [{ host: department.host, port: department.ports.peer }],
      }),
    },
    policies: {
      Readers: anyRole(department.mspId, 'admin', 'peer', 'client'),
      Writers: anyRole(department.mspId, 'admin', 'client'),
      Admins: anyRole(department.mspId, 'admin'),
      Endorsement: anyRole(department.mspId, 'peer'),
    },
  });
}

/** A department in the Orderer group. V3_0 requires the endpoints here and none for the channel. */
export function ordererOrganization(material: DepartmentMaterial) {
  const { department } = material;
  return configGroup({
    values: {
      MSP: mspValue(material),
      Endpoints: ordererAddresses.encode({ addresses: [ordererAddress(department)] }),
    },
    policies: {
      Readers: anyRole(department.mspId, 'member'),
      Writers: anyRole(department.mspId, 'member'),
      Admins: anyRole(department.mspId, 'admin'),
    },
  });
}

/** The department's MSP with node OUs, as configtxgen reads it from an MSP folder (msp/configbuilder.go). */
function mspValue({ department, root, tlsRoot }: DepartmentMaterial): Uint8Array {
  const unit = (identifier: string) => ({ certificate: root, identifier });
  return encodeMspConfig({
    mspId: department.mspId,
    rootCerts: [root],
    crypto: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
    tlsRootCerts: [tlsRoot],
    nodeOus: {
      enable: true,
      client: unit('client'),
      peer: unit('peer'),
      admin: unit('admin'),
      orderer: unit('orderer'),
    },
  });
}
