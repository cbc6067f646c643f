import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { s3Schema, type S3Settings } from '@yici/gateway/testing';

/** Where a bucket is and who may use it. */
export interface Place {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: string;
}

const tests = { accessKeyId: 'AKIDEXAMPLE', secret: 'for-tests-only', region: 'cn-test-1' };

/** A bucket over HTTP that checks what AWS documents of Signature Version 4, computed here from node:crypto alone. */
export class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly #server: Server = createServer((request, response) => {
    void this.#answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-length': body?.length ?? 0 }).end(body);
    });
  });

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close(): void {
    this.#server.close();
  }

  get place(): Place {
    const { port } = this.#server.address() as AddressInfo;
    return { ...tests, endpoint: `http://127.0.0.1:${port}`, bucket: 'yici-test' };
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body?: Buffer }> {
    const body = await buffer(request);
    const { method = '', url = '' } = request;
    if (!signedRight(request, body)) return { status: 403 };
    if (!url.startsWith('/yici-test/')) return { status: 404 };
    if (method === 'PUT') this.objects.set(url, body);
    if (method === 'DELETE') this.objects.delete(url);
    if (method !== 'GET') return { status: method === 'PUT' ? 200 : 204 };
    const found = this.objects.get(url);
    return found === undefined ? { status: 404 } : { status: 200, body: found };
  }
}

function signedRight({ method = '', url = '', headers }: IncomingMessage, body: Buffer): boolean {
  const hash = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');
  const hmac = (key: Uint8Array | string, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const { authorization = '' } = headers;
  const field = (name: string) => new RegExp(`${name}=([^,]+)`).exec(authorization)?.[1] ?? '';
  const [, day = '', region = '', service = ''] = field('Credential').split('/');
  const names = field('SignedHeaders').split(';');
  const content = String(headers['x-amz-content-sha256']);
  if (!names.includes('host') || !names.includes('x-amz-content-sha256')) return false;
  if (content !== hash(body)) return false;
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const request = [method, url, '', lines, names.join(';'), content].join('\n');
  const scope = [day, region, service, 'aws4_request'].join('/');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(request)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Uint8Array>(
    (last, part) => hmac(last, part),
    hmac(`AWS4${tests.secret}`, day),
  );
  return field('Signature') === hmac(key, text).toString('hex');
}

/** Where the secret stands. */
export const secretVariable = 'YICI_TEST_S3_SECRET';

export function s3Of({ secret, ...place }: Place, change: object = {}): S3Settings {
  process.env[secretVariable] = secret;
  return s3Schema.parse({ kind: 's3', secretVariable, deadline: 10_000, ...place, ...change });
}
