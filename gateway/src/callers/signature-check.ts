import type { KeyObject } from 'node:crypto';
import { isLowS, keyAlgorithm, verifySignatureAsync } from '@yici/ledger';
import { GatewayError } from '../errors.js';

/**
 * Verifies a caller's signature over SHA-256(message) before anything is forwarded.
 * @throws GatewayError SIGNATURE_MALFORMED (no DER), SIGNATURE_HIGH_S (refused by Fabric), SIGNATURE_INVALID (other key
 * or other bytes).
 */
export async function checkSignature(
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  if (!hasLowS(key, signature)) {
    throw new GatewayError('SIGNATURE_HIGH_S', 'The signature has a high S; send its low-S form.');
  }
  if (await verifySignatureAsync(key, message, signature)) return;
  throw new GatewayError(
    'SIGNATURE_INVALID',
    'The signature was not made with the key of this certificate over these bytes.',
  );
}

function hasLowS(key: KeyObject, signature: Uint8Array): boolean {
  const algorithm = keyAlgorithm(key);
  if (algorithm?.kind !== 'ecdsa') return true;
  try {
    return isLowS(signature, algorithm.curve);
  } catch (cause) {
    throw new GatewayError(
      'SIGNATURE_MALFORMED',
      'The signature is no DER of two positive numbers.',
      {
        cause,
      },
    );
  }
}
