import { openDB, type IDBPDatabase } from 'idb';

/** What lies in the browser's database of one identity: its secrets only under the passphrase (AES-256-GCM, PBKDF2-SHA-256). */
export interface Kept {
  readonly certificate: string;
  readonly connection: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealedKey: ArrayBuffer;
  /** As the certificate names it; absent from those kept before there could be several. */
  readonly user?: string;
}

/** A key pair that waits for its certificate, sealed in the same way. */
export interface Waiting extends Omit<Kept, 'certificate' | 'connection' | 'user'> {
  readonly user: string;
  /** The number of the request at the gateway, and the code that collects its answer. */
  readonly request: string;
  readonly code: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** By the identity's own id. */
export interface Named<T> {
  readonly id: string;
  readonly kept: T;
}

type StoreName = 'identities' | 'waiting';

const database = (): Promise<IDBPDatabase> =>
  openDB('yici', 2, {
    upgrade: (made) => {
      for (const store of ['identities', 'waiting'] satisfies StoreName[]) {
        if (!made.objectStoreNames.contains(store)) made.createObjectStore(store);
      }
    },
  });

async function all<T>(store: StoreName): Promise<readonly Named<T>[]> {
  const transaction = (await database()).transaction(store);
  const [ids, values] = await Promise.all([
    transaction.store.getAllKeys(),
    // What is in the store was written below.
    transaction.store.getAll() as Promise<T[]>,
  ]);
  return values.map((kept, at) => ({ id: keyText(ids[at]), kept }));
}

/** Identities are put under texts; the library knows keys of any kind. */
const keyText = (key: IDBValidKey | undefined): string => (typeof key === 'string' ? key : '');

export const allKept = (): Promise<readonly Named<Kept>[]> => all('identities');
export const allWaiting = (): Promise<readonly Named<Waiting>[]> => all('waiting');

export async function readKept(id: string): Promise<Kept | undefined> {
  return (await allKept()).find((one) => one.id === id)?.kept;
}

export async function writeKept(id: string, kept: Kept): Promise<void> {
  await (await database()).put('identities', kept, id);
}

export async function forget(id: string): Promise<void> {
  await (await database()).delete('identities', id);
}

export async function writeWaiting(id: string, waiting: Waiting): Promise<void> {
  await (await database()).put('waiting', waiting, id);
}

export async function forgetWaiting(id: string): Promise<void> {
  await (await database()).delete('waiting', id);
}

/** The certificate has come: the identity takes the place of what waited, in one step. */
export async function settleWaiting(waitingId: string, id: string, kept: Kept): Promise<void> {
  const transaction = (await database()).transaction(['identities', 'waiting'], 'readwrite');
  await Promise.all([
    transaction.objectStore('identities').put(kept, id),
    transaction.objectStore('waiting').delete(waitingId),
    transaction.done,
  ]);
}
