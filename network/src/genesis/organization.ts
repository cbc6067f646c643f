import { msp, peer } from '@hyperledger/fabric-protos';
import { ordererAddress } from '../topology/nodes.js';
import { configGroup, endpoints } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { anyRole } from './policies.js';

/** A department in the Application group: its peers endorse, its clients write, all its members read. */
export function applicationOrganization(material: DepartmentMaterial) {
  const { department } = material;
  return configGroup({
    values: {
      MSP: mspValue(material),
      AnchorPeers: anchorPeers(department.host, department.ports.peer),
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
    values: { MSP: mspValue(material), Endpoints: endpoints([ordererAddress(department)]) },
    policies: {
      Readers: anyRole(department.mspId, 'member'),
      Writers: anyRole(department.mspId, 'member'),
      Admins: anyRole(department.mspId, 'admin'),
    },
  });
}

function anchorPeers(host: string, port: number): peer.AnchorPeers {
  const anchor = new peer.AnchorPeer();
  anchor.setHost(host);
  anchor.setPort(port);
  const message = new peer.AnchorPeers();
  message.addAnchorPeers(anchor);
  return message;
}

/** The department's MSP with node OUs, as configtxgen reads it from an MSP folder (msp/configbuilder.go). */
function mspValue({ department, root, tlsRoot }: DepartmentMaterial): msp.MSPConfig {
  const config = new msp.FabricMSPConfig();
  config.setName(department.mspId);
  config.addRootCerts(root);
  config.addTlsRootCerts(tlsRoot);
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  config.setCryptoConfig(crypto);
  config.setFabricNodeOus(nodeOus(root));
  const message = new msp.MSPConfig();
  message.setConfig(config.serializeBinary());
  return message;
}

function nodeOus(root: Uint8Array): msp.FabricNodeOUs {
  const identifier = (ou: string) => {
    const message = new msp.FabricOUIdentifier();
    message.setCertificate(root);
    message.setOrganizationalUnitIdentifier(ou);
    return message;
  };
  const ous = new msp.FabricNodeOUs();
  ous.setEnable(true);
  ous.setClientOuIdentifier(identifier('client'));
  ous.setPeerOuIdentifier(identifier('peer'));
  ous.setAdminOuIdentifier(identifier('admin'));
  ous.setOrdererOuIdentifier(identifier('orderer'));
  return ous;
}
