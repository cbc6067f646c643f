import { z } from 'zod';
import { certificatesInPem } from './chain.js';

const certificatePem =
  /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$/;

const pem = z.string().max(16_384).regex(certificatePem, {
  message: 'one certificate in PEM and nothing else',
});

/** A root and, below it, at most three intermediates. */
const chain = z
  .string()
  .max(65_536)
  .refine(
    (text) => {
      const all = certificatesInPem(text);
      const areAll = all.join('') === text && all.every((each) => certificatePem.test(each));
      return areAll && all.length >= 1 && all.length <= 4;
    },
    { message: 'a root, at most three intermediates below it, and nothing else' },
  );

/** The file that a department gives the others: its roots and, for a consenter, its orderer's certificates. */
export const certificatesFile = z.strictObject({
  v: z.literal(1),
  department: z.string(),
  mspId: z.string(),
  root: chain,
  tlsRoot: chain,
  orderer: z.strictObject({ identity: pem, tls: pem }).exactOptional(),
});
export type CertificatesFile = z.output<typeof certificatesFile>;
