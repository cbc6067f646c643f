import type { DocumentView } from '@yici/api';
import type { YiciClient } from './client.js';

/** A document, and the gateway at which it lies. */
export interface Found {
  readonly client: YiciClient;
  readonly document: DocumentView;
}

/** The document of a digest at a gateway, where it has one that the caller may read. */
export async function documentWith(client: YiciClient, digest: string): Promise<Found | undefined> {
  const { items } = await client.read('documents.list', { digest });
  const document = items.find(({ erased }) => erased === null);
  return document && { client, document };
}

/** What is written in it. @throws ClientError CHECK_FAILED when it is not what the digest says */
export async function textOf({ client, document }: Found, digest: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of client.documentContent(document, digest)) {
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
