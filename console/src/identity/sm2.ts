import { possessionMessage } from '@yici/domain/model';
import { createSm2Signer, newSm2Key, parseSm2Key, type AppSigner } from '@yici/client/web-sm2';
import { ConsoleError } from '../errors.js';
import type { HeldIdentity } from './keys.js';
import { readKept, writeKept } from './kept.js';
import { held, idOf, open, seal, userOf } from './vault.js';

/** Signs commands by SM2 beside Fabric's own signature. @throws ConsoleError KEY_MALFORMED */
export function sm2SignerOf(text: string): AppSigner {
  return createSm2Signer(keyIn(text));
}

/**
 * Makes an SM2 key for an identity that is kept here, and keeps it under the same passphrase.
 * @throws OperationError when the passphrase is another; ConsoleError NOTHING_KEPT for an identity that is not kept
 */
export async function addSm2Key(certificate: string, passphrase: string): Promise<HeldIdentity> {
  const id = await idOf(certificate);
  const kept = await readKept(id);
  if (kept === undefined) throw new ConsoleError('NOTHING_KEPT', 'the identity is not kept here');
  const { key, sm2 = JSON.stringify(newSm2Key(userOf(certificate))) } = await open(
    kept,
    passphrase,
  );
  await writeKept(id, { ...kept, ...(await seal({ key, sm2 }, passphrase)) });
  return held({ ...kept, key, sm2 });
}

/** The input of `appKey.register`: the key's own signature shows that its holder has it. */
export async function registrationOf(text: string, department: string) {
  const key = keyIn(text);
  const { user, publicKey } = key;
  const message = possessionMessage({ department, user, publicKey });
  return { user, publicKey, proof: await createSm2Signer(key).sign(message) };
}

function keyIn(text: string) {
  const key = parseSm2Key(text);
  if (key === undefined) throw new ConsoleError('KEY_MALFORMED', 'no SM2 key');
  return key;
}
