import { lenient, problem } from '@yici/api';
import type { z } from 'zod';
import { ClientError } from '../errors.js';

/** Problem details (RFC 9457); a proxy may send only some of the fields. */
const problemSchema = lenient(problem.partial().required({ code: true, status: true }));

interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  /** A body that is not JSON; its media type is given in `headers`. */
  readonly raw?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** HTTP access to one gateway; `token` is a session token or an API key. */
export interface Http {
  readonly baseUrl: string;
  token: string | undefined;
  /**
   * Sends one request and returns the parsed answer; fields unknown to this version are allowed.
   * @throws ClientError GATEWAY_UNREACHABLE, GATEWAY_REFUSED (details: the gateway's code, status, request id, every
   * offending path), GATEWAY_ANSWER_INVALID.
   */
  call<T extends z.ZodType>(schema: T, path: string, request?: HttpRequest): Promise<z.infer<T>>;
  /** Like `call`, but returns the response unread, for streams. */
  open(path: string, request?: HttpRequest): Promise<Response>;
}

export function createHttp(baseUrl: string, token?: string, fetchFn: typeof fetch = fetch): Http {
  const base = baseUrl.replace(/\/+$/, '');
  const http: Http = {
    baseUrl: base,
    token,
    async call(schema, path, request) {
      const response = await http.open(path, request);
      return parseAnswer(
        schema,
        path,
        response.status === 204 ? undefined : await readJson(response),
      );
    },
    async open(path, request = {}) {
      const response = await send(fetchFn, base + path, request, http.token);
      if (!response.ok) throw await refusal(response);
      return response;
    },
  };
  return http;
}

async function send(
  fetchFn: typeof fetch,
  url: string,
  request: HttpRequest,
  token: string | undefined,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetchFn(url, {
      method: request.method ?? 'GET',
      headers,
      // A redirect would send the session's token to another address.
      redirect: 'error',
      ...bodyOf(request),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  } catch (cause) {
    if (cause instanceof ClientError) throw cause;
    const { origin } = new URL(url);
    throw new ClientError(
      'GATEWAY_UNREACHABLE',
      `No gateway answers at ${origin}; is it running?`,
      { cause },
    );
  }
}

function bodyOf({ body, raw }: HttpRequest): { body?: string | Blob } {
  if (raw !== undefined) return { body: raw };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new ClientError(
      'GATEWAY_ANSWER_INVALID',
      'The gateway answered with something that is no JSON.',
      { cause },
    );
  }
}

function parseAnswer<T extends z.ZodType>(schema: T, path: string, body: unknown): z.infer<T> {
  const parsed = lenient(schema).safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ClientError(
    'GATEWAY_ANSWER_INVALID',
    `The gateway's answer to ${path} is not as documented.`,
    {
      details: { issues: parsed.error.issues },
    },
  );
}

async function refusal(response: Response): Promise<ClientError> {
  const parsed = problemSchema.safeParse(await readJson(response));
  if (!parsed.success) {
    return new ClientError('GATEWAY_REFUSED', `The gateway answered ${response.status}.`, {
      details: { status: response.status },
    });
  }
  const { code, detail, title } = parsed.data;
  const sentence = detail ?? title ?? '';
  return new ClientError('GATEWAY_REFUSED', `${code}: ${sentence}`, { details: parsed.data });
}
