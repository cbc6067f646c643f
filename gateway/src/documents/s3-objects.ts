import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import aws4 from 'aws4';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import type { ObjectStore, StoredObject } from './objects.js';

/** An S3-compatible store with path-style addresses (`<endpoint>/<bucket>/<name>`). */
export const s3Schema = z.strictObject({
  kind: z.literal('s3'),
  endpoint: z.url({ protocol: /^https?$/ }),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  region: z.string().min(1).default('us-east-1'),
  accessKeyId: z.string().min(1),
  /** Name of the environment variable with the secret, which must not be in a file. */
  secretVariable: z.string().min(1).default('YICI_S3_SECRET'),
  /** Time limit of one request, in milliseconds. */
  deadline: z.int().min(100).max(3_600_000).default(120_000),
});
export type S3Settings = z.output<typeof s3Schema>;

/** Objects in an S3-compatible store. Only encrypted bytes leave this host. */
export class S3Objects implements ObjectStore {
  readonly #settings: S3Settings;
  readonly #secret: string;

  /** @throws GatewayError CONFIG_INVALID when the environment variable with the secret is not set. */
  constructor(settings: S3Settings, env: NodeJS.ProcessEnv) {
    const secretAccessKey = env[settings.secretVariable];
    if (secretAccessKey === undefined || secretAccessKey === '') {
      throw new GatewayError(
        'CONFIG_INVALID',
        {
          zh: `没有设置环境变量 ${settings.secretVariable}，其中应为文件存储的密钥。`,
          en: `The environment variable ${settings.secretVariable} with the secret of the document store is not set.`,
        },
        { details: { errors: [{ path: 'documents.store.secretVariable', code: 'not_set' }] } },
      );
    }
    this.#settings = settings;
    this.#secret = secretAccessKey;
  }

  async put(name: string, file: string, size: number): Promise<void> {
    const body = Readable.toWeb(createReadStream(file)) as unknown as Body;
    // The name is the content's SHA-256, which the signature has to cover.
    const headers = { 'X-Amz-Content-Sha256': name, 'Content-Length': String(size) };
    const response = await this.#ask('PUT', name, headers, body);
    await response.body?.cancel();
    if (!response.ok) throw refused(response);
    await rm(file, { force: true });
  }

  async get(name: string): Promise<StoredObject> {
    const response = await this.#ask('GET', name);
    const size = Number(response.headers.get('content-length'));
    if (response.ok && response.body !== null) return { size, content: response.body };
    await response.body?.cancel();
    if (response.status !== 404) throw refused(response);
    throw new GatewayError('DOCUMENT_MISSING', 'The stored document is gone from its store.');
  }

  async remove(name: string): Promise<void> {
    const response = await this.#ask('DELETE', name);
    await response.body?.cancel();
    if (!response.ok && response.status !== 404) throw refused(response);
  }

  async #ask(
    method: 'GET' | 'PUT' | 'DELETE',
    name: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Body,
  ): Promise<Response> {
    const { endpoint, bucket, deadline, region, accessKeyId } = this.#settings;
    const url = new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}/${name}`);
    const request = { service: 's3', region, method, host: url.host, path: url.pathname, headers };
    const signed = aws4.sign(request, { accessKeyId, secretAccessKey: this.#secret });
    try {
      return await fetch(url, {
        method,
        headers: sendable(signed.headers),
        signal: AbortSignal.timeout(deadline),
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      });
    } catch (cause) {
      throw new GatewayError('DOCUMENT_STORE_UNAVAILABLE', 'The document store does not answer.', {
        cause,
      });
    }
  }
}

/** Removes Host, which fetch sets itself to the value that was signed. */
function sendable(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

type Body = NonNullable<RequestInit['body']>;

function refused({ status }: Response): GatewayError {
  return new GatewayError('DOCUMENT_STORE_UNAVAILABLE', 'The document store refused the request.', {
    details: { status },
  });
}
