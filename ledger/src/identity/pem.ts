import { LedgerError } from '../errors.js';

const BLOCK = /-----BEGIN ([^\r\n-]*)-----([A-Za-z0-9+/=\s]*)-----END \1-----/;
const LINE_LENGTH = 64;

/** The DER bytes of the first PEM block, whatever stands around it; undefined when there is none (Go's pem.Decode). */
export function decodePem(text: string): Uint8Array | undefined {
  const match = BLOCK.exec(text);
  const body = match?.[2]?.replace(/\s+/g, '');
  if (body === undefined || body.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(body, 'base64');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** One PEM block as Go writes it: lines of 64 and a line feed at the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = [];
  for (let start = 0; start < base64.length; start += LINE_LENGTH) {
    lines.push(base64.slice(start, start + LINE_LENGTH));
  }
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** DER from PEM text, PEM bytes or DER bytes. @throws LedgerError MALFORMED_IDENTITY when text holds no PEM block. */
export function toDer(pemOrDer: string | Uint8Array): Uint8Array {
  if (typeof pemOrDer !== 'string' && pemOrDer[0] === 0x30) return pemOrDer;
  const text = typeof pemOrDer === 'string' ? pemOrDer : Buffer.from(pemOrDer).toString('latin1');
  const der = decodePem(text);
  if (der === undefined) throw new LedgerError('MALFORMED_IDENTITY', 'no PEM block');
  return der;
}
