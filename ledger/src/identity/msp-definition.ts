import { LedgerError } from '../errors.js';
import { WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';

/** An organizational unit and, optionally, the CA that must have issued its certificates. */
export interface OrganizationalUnit {
  readonly identifier: string;
  /** PEM bytes of a root or intermediate of the MSP; absent: any CA. */
  readonly certificate?: Uint8Array;
}

/** msp.FabricNodeOUs: the units that distinguish clients, peers, admins and orderers. */
export interface NodeOus {
  readonly enable: boolean;
  readonly client?: OrganizationalUnit;
  readonly peer?: OrganizationalUnit;
  readonly admin?: OrganizationalUnit;
  readonly orderer?: OrganizationalUnit;
}

/** msp.FabricMSPConfig: an organization's trust anchors in the channel config. Certificates are PEM bytes. */
export interface MspDefinition {
  readonly mspId: string;
  readonly rootCerts: readonly Uint8Array[];
  readonly intermediateCerts?: readonly Uint8Array[];
  readonly admins?: readonly Uint8Array[];
  /** CRLs in PEM or DER. */
  readonly revocationList?: readonly Uint8Array[];
  /** When not empty, an identity must have one of these units. */
  readonly organizationalUnits?: readonly OrganizationalUnit[];
  readonly nodeOus?: NodeOus;
  readonly tlsRootCerts?: readonly Uint8Array[];
  readonly tlsIntermediateCerts?: readonly Uint8Array[];
  readonly crypto?: CryptoConfig;
}

/** msp.FabricCryptoConfig. Only SHA2 with SHA256 is supported, which is also what an absent one means. */
interface CryptoConfig {
  readonly signatureHashFamily: string;
  readonly identityIdentifierHashFunction: string;
}

/** `msp.MSPConfig` bytes of type FABRIC: the value of an organization's `MSP` key in the channel config. */
export function encodeMspConfig(definition: MspDefinition): Uint8Array {
  const config = new WireWriter()
    .string(1, definition.mspId)
    .repeated(2, definition.rootCerts)
    .repeated(3, definition.intermediateCerts ?? [])
    .repeated(4, definition.admins ?? [])
    .repeated(5, definition.revocationList ?? [])
    .repeated(7, (definition.organizationalUnits ?? []).map(encodeUnit))
    .message(8, definition.crypto && encodeCrypto(definition.crypto))
    .repeated(9, definition.tlsRootCerts ?? [])
    .repeated(10, definition.tlsIntermediateCerts ?? [])
    .message(11, definition.nodeOus && encodeNodeOus(definition.nodeOus))
    .finish();
  return new WireWriter().bytes(2, config).finish();
}

/**
 * Decodes `msp.MSPConfig` bytes.
 * @throws LedgerError MALFORMED_BYTES, or MALFORMED_CONFIG when it is not of type FABRIC (idemix is not supported).
 */
export function decodeMspConfig(bytes: Uint8Array): MspDefinition {
  const reader = new WireReader(bytes, 'msp.MSPConfig');
  let type = 0;
  let config = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        type = reader.int32();
        break;
      case 0x12:
        config = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  if (type !== 0) throw new LedgerError('MALFORMED_CONFIG', `MSP of type ${type} is not supported`);
  return decodeFabricConfig(config);
}

/** Repeated bytes fields by field number. */
const LISTS: ReadonlyMap<number, keyof Lists> = new Map([
  [0x12, 'rootCerts'],
  [0x1a, 'intermediateCerts'],
  [0x22, 'admins'],
  [0x2a, 'revocationList'],
  [0x4a, 'tlsRootCerts'],
  [0x52, 'tlsIntermediateCerts'],
]);

interface Lists {
  readonly rootCerts: Uint8Array[];
  readonly intermediateCerts: Uint8Array[];
  readonly admins: Uint8Array[];
  readonly revocationList: Uint8Array[];
  readonly tlsRootCerts: Uint8Array[];
  readonly tlsIntermediateCerts: Uint8Array[];
}

function decodeFabricConfig(bytes: Uint8Array): MspDefinition {
  const reader = new WireReader(bytes, 'msp.FabricMSPConfig');
  const lists = emptyLists();
  const organizationalUnits: OrganizationalUnit[] = [];
  let mspId = '';
  let crypto: Uint8Array | undefined;
  let nodeOus: Uint8Array | undefined;
  while (reader.next()) {
    const list = LISTS.get(reader.tag);
    if (list !== undefined) lists[list].push(reader.bytes());
    else if (reader.tag === 0x0a) mspId = reader.string();
    else if (reader.tag === 0x3a) organizationalUnits.push(decodeUnit(reader.bytes()));
    else if (reader.tag === 0x42) crypto = reader.message(crypto);
    else if (reader.tag === 0x5a) nodeOus = reader.message(nodeOus);
    else reader.skip();
  }
  return {
    mspId,
    ...lists,
    organizationalUnits,
    ...(crypto && { crypto: decodeCrypto(crypto) }),
    ...(nodeOus && { nodeOus: decodeNodeOus(nodeOus) }),
  };
}

function emptyLists(): Lists {
  return {
    rootCerts: [],
    intermediateCerts: [],
    admins: [],
    revocationList: [],
    tlsRootCerts: [],
    tlsIntermediateCerts: [],
  };
}

function encodeUnit(unit: OrganizationalUnit): Uint8Array {
  return new WireWriter().bytes(1, unit.certificate).string(2, unit.identifier).finish();
}

function decodeUnit(bytes: Uint8Array): OrganizationalUnit {
  const reader = new WireReader(bytes, 'msp.FabricOUIdentifier');
  let certificate = NONE;
  let identifier = '';
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        certificate = reader.bytes();
        break;
      case 0x12:
        identifier = reader.string();
        break;
      default:
        reader.skip();
    }
  }
  return certificate.length === 0 ? { identifier } : { identifier, certificate };
}

function encodeNodeOus(nodeOus: NodeOus): Uint8Array {
  return new WireWriter()
    .bool(1, nodeOus.enable)
    .message(2, nodeOus.client && encodeUnit(nodeOus.client))
    .message(3, nodeOus.peer && encodeUnit(nodeOus.peer))
    .message(4, nodeOus.admin && encodeUnit(nodeOus.admin))
    .message(5, nodeOus.orderer && encodeUnit(nodeOus.orderer))
    .finish();
}

const NODE_OUS: ReadonlyMap<number, Exclude<keyof NodeOus, 'enable'>> = new Map([
  [0x12, 'client'],
  [0x1a, 'peer'],
  [0x22, 'admin'],
  [0x2a, 'orderer'],
]);

function decodeNodeOus(bytes: Uint8Array): NodeOus {
  const reader = new WireReader(bytes, 'msp.FabricNodeOUs');
  const units = new Map<Exclude<keyof NodeOus, 'enable'>, Uint8Array>();
  let enable = false;
  while (reader.next()) {
    const role = NODE_OUS.get(reader.tag);
    if (role !== undefined) units.set(role, reader.message(units.get(role)));
    else if (reader.tag === 0x08) enable = reader.bool();
    else reader.skip();
  }
  return {
    enable,
    ...Object.fromEntries([...units].map(([role, unit]) => [role, decodeUnit(unit)])),
  };
}

function encodeCrypto(crypto: CryptoConfig): Uint8Array {
  return new WireWriter()
    .string(1, crypto.signatureHashFamily)
    .string(2, crypto.identityIdentifierHashFunction)
    .finish();
}

function decodeCrypto(bytes: Uint8Array): CryptoConfig {
  const reader = new WireReader(bytes, 'msp.FabricCryptoConfig');
  const crypto = { signatureHashFamily: '', identityIdentifierHashFunction: '' };
  while (reader.next()) {
    if (reader.tag === 0x0a) crypto.signatureHashFamily = reader.string();
    else if (reader.tag === 0x12) crypto.identityIdentifierHashFunction = reader.string();
    else reader.skip();
  }
  return crypto;
}
