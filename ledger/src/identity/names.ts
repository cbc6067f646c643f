import { DER, DerReader, type DerElement } from '../crypto/der.js';
import { OID, oidText } from './oid.js';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly id: string;
  readonly value: string;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  [OID.commonName, 'CN'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  [OID.organizationalUnit, 'OU'],
  ['2.5.4.17', 'POSTALCODE'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

const BMP_STRING = 0x1e;
const UTF8_STRING = 0x0c;

/** The attributes of a DER Name in order, multi-valued parts flattened. @throws LedgerError MALFORMED_BYTES */
export function readName(raw: Uint8Array): NameAttribute[] {
  const parts = new DerReader(new DerReader(raw).read(DER.sequence).content);
  const attributes: NameAttribute[] = [];
  while (!parts.done) {
    const part = new DerReader(parts.read(DER.set).content);
    while (!part.done) {
      const attribute = new DerReader(part.read(DER.sequence).content);
      const id = oidText(attribute.read(DER.objectId).content);
      attributes.push({ id, value: directoryString(attribute.read()) });
    }
  }
  return attributes;
}

/** A name in display form (RFC 4514): last part first. */
export function nameText(attributes: readonly NameAttribute[]): string {
  return [...attributes]
    .reverse()
    .map(({ id, value }) => `${LABELS.get(id) ?? id}=${escaped(value)}`)
    .join(',');
}

function directoryString(element: DerElement): string {
  const bytes = Buffer.from(element.content);
  if (element.tag === UTF8_STRING) return bytes.toString('utf8');
  if (element.tag === BMP_STRING && bytes.length % 2 === 0)
    return bytes.swap16().toString('utf16le');
  return bytes.toString('latin1');
}

function escaped(value: string): string {
  return value.replace(/[,+"\\<>;=]/g, '\\$&').replace(/^[# ]| $/g, '\\$&');
}
