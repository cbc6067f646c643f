import { LedgerError } from '../errors.js';
import {
  bool,
  bytes,
  bytesList,
  bytesUnlessEmpty,
  embedded,
  int32,
  list,
  message,
  optional,
  string,
  type MessageOf,
} from '../wire/message.js';

/** An organizational unit and, optionally, the CA that must have issued its certificates. */
const unit = message('msp.FabricOUIdentifier', {
  /** PEM bytes of a root or intermediate of the MSP; absent: any CA. */
  certificate: optional(bytesUnlessEmpty(1)),
  identifier: string(2),
});
export type OrganizationalUnit = MessageOf<typeof unit>;

/** The units that distinguish clients, peers, admins and orderers. */
const nodeOus = message('msp.FabricNodeOUs', {
  enable: bool(1),
  client: optional(embedded(2, unit)),
  peer: optional(embedded(3, unit)),
  admin: optional(embedded(4, unit)),
  orderer: optional(embedded(5, unit)),
});
export type NodeOus = MessageOf<typeof nodeOus>;

/** Only SHA2 with SHA256 is supported, which is also what an absent one means. */
const crypto = message('msp.FabricCryptoConfig', {
  signatureHashFamily: string(1),
  identityIdentifierHashFunction: string(2),
});

/** An organization's trust anchors in the channel config. Certificates are PEM bytes. */
const fabricMsp = message('msp.FabricMSPConfig', {
  mspId: string(1),
  rootCerts: bytesList(2),
  intermediateCerts: bytesList(3),
  admins: bytesList(4),
  /** CRLs in PEM or DER. */
  revocationList: bytesList(5),
  /** When not empty, an identity must have one of these units. */
  organizationalUnits: list(7, unit),
  crypto: optional(embedded(8, crypto)),
  tlsRootCerts: bytesList(9),
  tlsIntermediateCerts: bytesList(10),
  nodeOus: optional(embedded(11, nodeOus)),
});
type FabricMsp = MessageOf<typeof fabricMsp>;

/** What an MSP definition must have; the rest is none when it is left out. */
export type MspDefinition = Pick<FabricMsp, 'mspId' | 'rootCerts'> & Partial<FabricMsp>;

const mspConfig = message('msp.MSPConfig', { type: int32(1), config: bytes(2) });

/** `msp.MSPConfig` bytes of type FABRIC: the value of an organization's `MSP` key in the channel config. */
export function encodeMspConfig(definition: MspDefinition): Uint8Array {
  return mspConfig.encode({
    type: 0,
    config: fabricMsp.encode({ ...fabricMsp.zero, ...definition }),
  });
}

/**
 * Decodes `msp.MSPConfig` bytes.
 * @throws LedgerError MALFORMED_BYTES, or MALFORMED_CONFIG when it is not of type FABRIC (idemix is not supported).
 */
export function decodeMspConfig(bytes: Uint8Array): FabricMsp {
  const { type, config } = mspConfig.decode(bytes);
  if (type !== 0)
    throw new LedgerError('MALFORMED_CONFIG', {
      zh: `不支持类型为 ${type} 的 MSP`,
      en: `MSP of type ${type} is not supported`,
    });
  return fabricMsp.decode(config);
}
