import { sm2 } from 'sm-crypto-v2';
import { ContractError } from '../kernel/errors';
import type { AppKeyRecord } from './records';
import { commandMessage, type AppSignature, type SignedCommand } from './signature';

/**
 * Whether an SM2 signature over SM3 (GB/T 32918.2 with its default user id) is by this key. `value` and `publicKey` have the
 * shapes of the model. Pure JavaScript, the same on every peer, some milliseconds.
 */
export function isSm2Signature(message: Uint8Array, value: string, publicKey: string): boolean {
  try {
    return sm2.doVerifySignature(message, value, publicKey, { hash: true });
  } catch {
    // A point that is not on the curve.
    return false;
  }
}

/**
 * Holds a command's application signature against the key it names: registered by the caller's own department for the
 * caller's own name, in force, and over exactly this command.
 * @throws ContractError APP_KEY_UNKNOWN, APP_KEY_REVOKED, APP_SIGNATURE_INVALID
 */
export function checkAppSignature(
  key: AppKeyRecord | undefined,
  signature: AppSignature,
  signed: SignedCommand,
): void {
  const { keyId, value } = signature;
  if (key?.user !== signed.user) {
    const { department, user } = signed;
    throw new ContractError('APP_KEY_UNKNOWN', { keyId, department, user });
  }
  if (key.revocation !== undefined) {
    throw new ContractError('APP_KEY_REVOKED', { keyId, at: key.revocation.at });
  }
  if (!isSm2Signature(commandMessage(signed), value, key.publicKey)) {
    throw new ContractError('APP_SIGNATURE_INVALID', { keyId });
  }
}
