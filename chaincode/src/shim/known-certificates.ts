import { memoize } from './memo';
import { requireFromShim } from './shim-require';

interface CertificateClass {
  fromPEM(pem: Uint8Array | string): object;
}

const mostKnown = 1000;
/** Longer ones are parsed each time: text around a certificate makes endlessly many of one. */
const mostBytes = 16 * 1024;

/**
 * Parses each client's certificate once and not with every transaction: the shim does it in JavaScript before any
 * contract is asked, and the same text gives the same certificate, which nobody changes.
 */
export function rememberCertificates(): void {
  const { Certificate } = requireFromShim('@fidm/x509') as {
    readonly Certificate: CertificateClass;
  };
  const parse = Certificate.fromPEM.bind(Certificate);
  const known = memoize(mostKnown, (pem) => parse(pem));
  Certificate.fromPEM = (pem) =>
    typeof pem === 'string' && pem.length <= mostBytes ? known(pem) : parse(pem);
}
