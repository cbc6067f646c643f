import { text } from 'node:stream/consumers';
import type { Search } from './case-documents.js';

/** The text of reasons by its digest on the ledger, from wherever it lies; undefined where nobody has stored it. */
export async function writtenReason(search: Search, digest: string): Promise<string | undefined> {
  const found = await search.find(digest);
  if (found?.document.type !== 'text/plain') return undefined;
  return text(found.client.documentContent(found.document, digest));
}
