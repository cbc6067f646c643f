import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { z } from 'zod';
import { GatewayError } from '../errors.js';

/** SHA-256 of a certificate (DER, hexadecimal) -> the account that had it. */
const retiredSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

const fileIn = (directory: string): string => join(directory, 'retired-certificates.json');

/** SHA-256 of a PEM certificate's content, hexadecimal. */
export function certificateDigest(certificatePem: string): string {
  const base64 = certificatePem.replace(/-----[^-]+-----|\s/g, '');
  return hash('sha256', Buffer.from(base64, 'base64'), 'hex');
}

/**
 * Whether a certificate was replaced or taken from its account. The files that the configuration names are read at every start and
 * may still be the old ones: without this list they would bring back what an operator ended.
 * @throws GatewayError KEY_STORE_UNREADABLE
 */
export function isRetired(directory: string, certificatePem: string): boolean {
  return readRetired(directory)[certificateDigest(certificatePem)] !== undefined;
}

/** Adds a certificate to the list of those that no account may use again. Durable when it returns. */
export function retire(directory: string, account: string, certificatePem: string): void {
  const retired = { ...readRetired(directory), [certificateDigest(certificatePem)]: account };
  writeAtomically(fileIn(directory), `${JSON.stringify(retired, null, 2)}\n`);
}

function readRetired(directory: string): z.infer<typeof retiredSchema> {
  const path = fileIn(directory);
  if (!existsSync(path)) return {};
  try {
    return retiredSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GatewayError('KEY_STORE_UNREADABLE', `${path} is no list of certificates.`, {
      cause,
    });
  }
}
