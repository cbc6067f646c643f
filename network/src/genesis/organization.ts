import { anchorPeers, encodeMspConfig, ordererAddresses } from '@yici/ledger';
import { certificatesInPem } from '../pki/chain.js';
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

const mspValue = (material: DepartmentMaterial): Uint8Array =>
  encodeMspConfig(mspDefinition(material));

/**
 * The department's MSP with node OUs, as configtxgen reads it from an MSP folder (msp/configbuilder.go): of what its last
 * authority issued.
 */
export function mspDefinition({ department, root, tlsRoot }: DepartmentMaterial) {
  const [[top = root, ...intermediates], [tlsTop = tlsRoot, ...tlsIntermediates]] = [
    certificatesOf(root),
    certificatesOf(tlsRoot),
  ];
  const unit = (identifier: string) => ({ certificate: intermediates.at(-1) ?? top, identifier });
  return {
    mspId: department.mspId,
    rootCerts: [top],
    ...(intermediates.length > 0 && { intermediateCerts: intermediates }),
    crypto: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
    tlsRootCerts: [tlsTop],
    ...(tlsIntermediates.length > 0 && { tlsIntermediateCerts: tlsIntermediates }),
    nodeOus: {
      enable: true,
      client: unit('client'),
      peer: unit('peer'),
      admin: unit('admin'),
      orderer: unit('orderer'),
    },
  };
}

export const certificatesOf = (file: Uint8Array): Uint8Array[] =>
  certificatesInPem(Buffer.from(file).toString('utf8')).map((each) => Buffer.from(each));
