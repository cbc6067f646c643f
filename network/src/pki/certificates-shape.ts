import { z } from 'zod';

const pem = z
  .string()
  .max(16_384)
  .regex(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$/, {
    message: 'one certificate in PEM and nothing else',
  });

/** The file that a department gives the others: its roots and, for a consenter, its orderer's certificates. */
export const certificatesFile = z.strictObject({
  v: z.literal(1),
  department: z.string(),
  mspId: z.string(),
  root: pem,
  tlsRoot: pem,
  orderer: z.strictObject({ identity: pem, tls: pem }).exactOptional(),
});
export type CertificatesFile = z.output<typeof certificatesFile>;
