import type { DocumentView } from '@yici/api';
import type { YiciClient } from '@yici/client/web';

/** A document whose digest is on the ledger, and the cases that name it. */
export interface FoundDocument {
  readonly digest: string;
  readonly name: string;
  readonly cases: readonly string[];
}

/** The page of what a text names, or the documents with that digest. */
export async function findPlace(
  client: YiciClient,
  text: string,
): Promise<string | readonly FoundDocument[]> {
  if (/^\d{1,15}$/.test(text)) return `/ledger/${text}`;
  if (!/^[0-9a-f]{64}$/i.test(text)) return `/cases/${encodeURIComponent(text)}`;
  const id = text.toLowerCase();
  const isTransaction = await client.read('transactions.get', { id }).then(
    () => true,
    () => false,
  );
  return isTransaction ? `/ledger/tx/${id}` : withDigest(client, id);
}

/**
 * The documents that are this file. A digest on the ledger is salted, so each document of this size that the visitor may read
 * is compared with its own salt; the file stays in the browser.
 */
export async function documentsOf(
  client: YiciClient,
  file: File,
): Promise<readonly FoundDocument[]> {
  const { unseals } = await import('@yici/client/web');
  const content = new Uint8Array(await file.arrayBuffer());
  const found: FoundDocument[] = [];
  for await (const document of client.list('documents.list', { limit: 200 })) {
    const { size, salt, digest } = document;
    if (size !== content.length || salt === null) continue;
    const salted = Uint8Array.from(Buffer.from(salt, 'base64'));
    if (unseals(digest.digest, content, salted)) found.push(shown(document));
  }
  return found;
}

async function withDigest(client: YiciClient, digest: string): Promise<readonly FoundDocument[]> {
  const { items } = await client.read('documents.list', { digest });
  return items.map(shown);
}

const shown = ({ digest, name, id, cases }: DocumentView): FoundDocument => ({
  ...{ digest: digest.digest, name: name ?? id, cases },
});
