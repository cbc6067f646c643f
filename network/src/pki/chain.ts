import { parseCertificate, type Certificate } from '@yici/ledger';

/**
 * The certificates in a PEM text. A department's file of an authority has its root and, where another authority issues under it, the
 * intermediates below: each is issued by the one before it, so the last one issues.
 */
export const certificatesInPem = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\r?\n?/g) ?? [];

/** Root first, in Fabric's form; what does not belong to one chain stays at the end. */
export function rootFirst(text: string): string {
  const left = certificatesInPem(text).map((each) => parseCertificate(each));
  const chain: Certificate[] = [];
  for (;;) {
    const above = chain.at(-1);
    const at = left.findIndex(({ subject, issuer }) =>
      above === undefined ? subject === issuer : issuer === above.subject,
    );
    const [next] = at < 0 ? [] : left.splice(at, 1);
    if (next === undefined) break;
    chain.push(next);
  }
  return [...chain, ...left].map(({ pem }) => pem).join('');
}
