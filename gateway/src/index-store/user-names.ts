import { parseCertificate } from '@yici/ledger';
import { officeOf } from '../callers/caller.js';
import type { NamedUser, UserNames } from './decode.js';

/** Certificates have one to two thousand bytes; longer ones are not cached. */
const maxCachedBytes = 8_192;

/**
 * Cache of certificates' common names, roles and sections; the same few callers recur. An entry is looked up by the end of the signature,
 * the last bytes before the last line of the PEM, and then compared in full, because a Map would hash the whole
 * certificate for every transaction.
 */
export function userNames(): UserNames {
  const known = new Map<string, { readonly pem: Buffer; readonly named: NamedUser }>();
  return (certificate) => {
    const pem = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.length);
    const end = pem.toString('latin1', pem.length - 90, pem.length - 26);
    const found = known.get(end);
    if (found?.pem.equals(pem) === true) return found.named;
    const { commonName: user, attributes } = parseCertificate(pem.toString('latin1'));
    const named = { user, ...officeOf(attributes) };
    if (pem.length > maxCachedBytes) return named;
    if (known.size >= 2_000) known.clear();
    // A copy, because the input is a view of a block.
    known.set(end, { pem: Buffer.from(pem), named });
    return named;
  };
}
