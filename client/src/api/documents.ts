import { createHash } from 'node:crypto';
import { addressOf, documentContent, documentView, type DocumentView } from '@yici/api';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';

export interface DocumentUpload {
  /** Its bytes, or a file that is read as a stream (`openAsBlob`). */
  readonly content: Blob;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly salt: Uint8Array;
  /** SHA-256 of salt || content, lower-case hexadecimal. */
  readonly digest: string;
}

/** Uploads a document; the gateway recomputes the digest and refuses content that does not match. */
export async function putDocument(http: Http, upload: DocumentUpload): Promise<DocumentView> {
  const { content, name, type, salt, digest } = upload;
  const headers = {
    'content-type': type,
    'x-document-name': encodeURIComponent(name),
    'x-document-salt': Buffer.from(salt).toString('base64'),
    'x-document-digest': digest,
  };
  return http.call(documentView, '/v1/documents', { method: 'POST', headers, raw: content });
}

/**
 * A document's content, piece by piece. What came before the end is to be kept only if the end comes: then its salted digest
 * is the one on the ledger.
 * @param digest what the ledger has, where that is known from elsewhere than the gateway that keeps the document.
 * @throws ClientError CHECK_FAILED at the end when it is not
 */
export async function* contentOf(
  http: Http,
  info: DocumentView,
  digest: string = info.digest.digest,
): AsyncGenerator<Uint8Array> {
  const response = await http.open(addressOf(documentContent, { id: info.id }));
  const hash = createHash('sha256').update(Buffer.from(info.salt ?? '', 'base64'));
  try {
    for await (const piece of piecesOf(response)) {
      hash.update(piece);
      yield piece;
    }
  } catch (cause) {
    throw altered(info.id, cause);
  }
  if (hash.digest('hex') !== digest) throw altered(info.id);
}

/** Not every browser can iterate a stream. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

function altered(id: string, cause?: unknown): ClientError {
  const message = {
    zh: `${id} 与账本上的校验值不符，未保存。`,
    en: `${id} is not what the ledger's digest says; nothing was kept.`,
  };
  return new ClientError('CHECK_FAILED', message, cause === undefined ? {} : { cause });
}
