import { join } from 'node:path';
import { documentSecrets } from '../documents/model.js';
import { sealedDrafts } from '../drafts/store.js';
import { SealedFiles } from '../custody/sealed-files.js';
import { openLevelStore } from '../store/level-store.js';
import { readAccounts, writeAccountFile } from '../custody/account-files.js';
import { openKey, sealKey } from '../custody/key-vault.js';
import { adoptNextKey, currentKey, nextKey, type SealedBy } from '../custody/sealing-key.js';

interface Rotation {
  /** The gateway's folder, which no gateway may be using. */
  readonly gateway: string;
  readonly by: SealedBy;
  /** The new passphrase; absent: a new key file. */
  readonly newPassphrase?: string;
}

/**
 * Encrypts every custodial key, document key and draft with a new key, then deletes the old one. After an interruption it
 * continues when it is run again: until the end both keys exist, and each secret can be decrypted with one of them.
 * @throws GatewayError STATE_FOLDER_LOCKED while the gateway runs, KEY_STORE_UNREADABLE
 */
export async function rotateSealingKey({ gateway, by, newPassphrase }: Rotation) {
  const custody = join(gateway, 'custody');
  const lock = await openLevelStore(join(gateway, 'index'));
  try {
    const old = currentKey(custody, by);
    const next = nextKey(custody, by, newPassphrase);
    const accounts = resealAccounts(custody, old, next);
    const secrets = new SealedFiles(join(gateway, 'documents', 'keys'), next, documentSecrets);
    const documents = await secrets.takeOver(old);
    const drafts = await new SealedFiles(join(gateway, 'drafts'), next, sealedDrafts).takeOver(old);
    adoptNextKey(custody, by, newPassphrase);
    return { accounts, documents, drafts };
  } finally {
    await lock.close();
  }
}

function resealAccounts(custody: string, old: Uint8Array, next: Uint8Array): number {
  const files = readAccounts(custody);
  for (const file of files) {
    if (opens(() => openKey(next, file, file.key))) continue;
    const key = sealKey(next, file, openKey(old, file, file.key));
    writeAccountFile(custody, { ...file, key });
  }
  return files.length;
}

function opens(open: () => unknown): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}
