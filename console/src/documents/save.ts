import type { DocumentView } from '@yici/api';
import type { YiciClient } from '@yici/client/web';

/** Hands a document to the browser as a download, if its content is what the ledger's digest says. @throws ClientError CHECK_FAILED */
export async function saveDocument(
  client: YiciClient,
  info: DocumentView,
  digest: string | undefined,
): Promise<void> {
  saveFile(info.name ?? info.id, await contentOf(client, info, digest));
}

/** A document's content, if it is what the ledger's digest says; each reading is recorded. @throws ClientError CHECK_FAILED */
export async function contentOf(
  client: YiciClient,
  info: DocumentView,
  digest: string | undefined,
): Promise<Blob> {
  const pieces: BlobPart[] = [];
  for await (const piece of client.documentContent(info, digest)) pieces.push(piece.slice());
  return new Blob(pieces);
}

/** Hands a file to the browser as a download. */
export function saveFile(name: string, ...pieces: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
