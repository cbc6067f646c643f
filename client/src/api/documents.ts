import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { addressOf, documentContent, documentView, type DocumentView } from '@yici/api';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';

export interface DocumentUpload {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly salt: Uint8Array;
  /** SHA-256 of salt || content, lower-case hexadecimal. */
  readonly digest: string;
}

/** SHA-256 of salt || content of a file, read as a stream. @throws ClientError USAGE when it cannot be read. */
export async function digestOfFile(file: string, salt: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(salt);
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch (cause) {
    throw new ClientError('USAGE', `${file} 无法读取 cannot be read.`, { cause });
  }
  return hash.digest('hex');
}

/** Uploads a file; the gateway recomputes the digest and refuses a file that does not match. */
export async function putDocument(http: Http, upload: DocumentUpload): Promise<DocumentView> {
  const { file, name, type, salt, digest } = upload;
  const headers = {
    'content-type': type,
    'x-document-name': encodeURIComponent(name),
    'x-document-salt': Buffer.from(salt).toString('base64'),
    'x-document-digest': digest,
  };
  const raw = await openAsBlob(file);
  return http.call(documentView, '/v1/documents', { method: 'POST', headers, raw });
}

/**
 * Downloads a document into a new file, which is kept only if its salted digest is the one on the ledger.
 * @throws ClientError CHECK_FAILED when it is not, USAGE when the file exists or cannot be written.
 */
export async function getDocument(http: Http, info: DocumentView, file: string): Promise<void> {
  const response = await http.open(addressOf(documentContent, { id: info.id }));
  const part = `${file}.part`;
  const handle = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new ClientError('USAGE', `${file} 无法新建 cannot be made anew.`, { cause });
  });
  await handle.close();
  try {
    const digest = await receive(response, part, Buffer.from(info.salt ?? '', 'base64'));
    if (digest !== info.digest.digest) throw altered(info.id);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    await rm(file, { force: true });
    throw error instanceof ClientError ? error : altered(info.id, error);
  }
}

async function receive(response: Response, part: string, salt: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(salt);
  const handle = await open(part, 'w', 0o600);
  try {
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      await handle.write(piece);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

function altered(id: string, cause?: unknown): ClientError {
  const message = `${id} 与账本上的摘要不符，未保存 is not what the ledger's digest says; nothing was kept.`;
  return new ClientError('CHECK_FAILED', message, cause === undefined ? {} : { cause });
}
