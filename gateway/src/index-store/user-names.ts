import { parseCertificate } from '@yici/ledger';
import type { UserNames } from './decode.js';

/** Certificates have one to two thousand bytes; longer ones are not cached. */
const maxCachedBytes = 8_192;

/**
 * Cache of certificates' common names; the same few callers recur. An entry is looked up by the end of the signature,
 * the last bytes before the last line of the PEM, and then compared in full, because a Map would hash the whole
 * certificate for every transaction.
 */
export function userNames(): UserNames {
  const known = new Map<string, { readonly pem: Buffer; readonly name: string }>();
  return (certificate) => {
    const pem = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.length);
    const end = pem.toString('latin1', pem.length - 90, pem.length - 26);
    const found = known.get(end);
    if (found?.pem.equals(pem) === true) return found.name;
    const name = parseCertificate(pem.toString('latin1')).commonName;
    if (pem.length > maxCachedBytes) return name;
    if (known.size >= 2_000) known.clear();
    // A copy, because the input is a view of a block.
    known.set(end, { pem: Buffer.from(pem), name });
    return name;
  };
}
