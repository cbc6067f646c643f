import { z } from 'zod';
import { unseals } from './digest.js';

/**
 * Field values with their salts, given by the source department to the requester off the ledger (through the existing
 * sharing channel); the ledger has only the digests.
 */
export const disclosureSchema = z.strictObject({
  v: z.literal(1),
  attestationId: z.string(),
  fields: z.array(z.strictObject({ code: z.string(), value: z.string(), salt: z.base64() })).min(1),
});

export type Disclosure = z.infer<typeof disclosureSchema>;

/** Compares disclosed values with the attested digests. */
export function matchDisclosure(
  disclosure: Disclosure,
  attested: readonly {
    readonly code: string;
    readonly digestAlg: string;
    readonly digest: string;
  }[],
): { code: string; match: boolean }[] {
  return disclosure.fields.map(({ code, value, salt }) => {
    const field = attested.find((known) => known.code === code && known.digestAlg === 'sha256');
    const match = field !== undefined && unseals(field.digest, value, Buffer.from(salt, 'base64'));
    return { code, match };
  });
}
