import { parseCertificate } from '@yici/ledger';
import type { UserNames } from './decode.js';

/** Certificates have one or two thousand bytes; whoever sends longer ones has them read each time. */
const mostRemembered = 8_192;

/**
 * Common names of certificates; the same few callers come again and again. One is found by the end of its signature, the
 * last bytes before the line that closes the PEM, and then compared in full: a Map hashes its keys for every transaction.
 */
export function userNames(): UserNames {
  const known = new Map<string, { readonly pem: Buffer; readonly name: string }>();
  return (certificate) => {
    const pem = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.length);
    const end = pem.toString('latin1', pem.length - 90, pem.length - 26);
    const found = known.get(end);
    if (found?.pem.equals(pem) === true) return found.name;
    const name = parseCertificate(pem.toString('latin1')).commonName;
    if (pem.length > mostRemembered) return name;
    if (known.size >= 2_000) known.clear();
    // A copy: the bytes that came are a view of some block.
    known.set(end, { pem: Buffer.from(pem), name });
    return name;
  };
}
