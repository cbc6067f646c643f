import { lenient, problem } from '@yici/api';
import type { Language } from '@yici/domain/model';
import type { z } from 'zod';
import { ClientError } from '../errors.js';

/** Problem details (RFC 9457); a proxy may send only some of the fields. */
const problemSchema = lenient(problem.partial().required({ code: true, status: true }));

interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
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
  /** In which language refusals are worded; Chinese unless it is set. */
  language: Language | undefined;
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
    language: undefined,
    async call(schema, path, request) {
      const response = await http.open(path, request);
      return parseAnswer(
        schema,
        path,
        response.status === 204 ? undefined : await readJson(response),
      );
    },
    async open(path, request = {}) {
      const response = await send(fetchFn, base + path, request, http);
      if (!response.ok) throw await refusal(response, (request.method ?? 'GET') === 'GET');
      return response;
    },
  };
  return http;
}

async function send(
  fetchFn: typeof fetch,
  url: string,
  request: HttpRequest,
  { token, language }: Pick<Http, 'token' | 'language'>,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (language !== undefined) headers['accept-language'] = language;
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
      {
        zh: `${origin} 没有网关响应，请确认网关已启动。`,
        en: `No gateway answers at ${origin}; is it running?`,
      },
      { cause },
    );
  }
}

function bodyOf({ body, raw }: HttpRequest): { body?: string | Blob } {
  if (raw !== undefined) return { body: raw };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(brokenOff);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClientError(
      'GATEWAY_ANSWER_INVALID',
      {
        zh: '网关返回的内容不是 JSON。',
        en: 'The gateway answered with something that is no JSON.',
      },
      { cause },
    );
  }
}

/** A gateway that ends in the middle of its answer has said nothing, as one that does not answer. */
function brokenOff(cause: unknown): never {
  throw new ClientError(
    'GATEWAY_UNREACHABLE',
    {
      zh: '网关的答复中断，请确认网关仍在运行。',
      en: 'The gateway broke off in the middle of its answer; is it still running?',
    },
    { cause },
  );
}

function parseAnswer<T extends z.ZodType>(schema: T, path: string, body: unknown): z.infer<T> {
  const parsed = lenient(schema).safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ClientError(
    'GATEWAY_ANSWER_INVALID',
    {
      zh: `网关对 ${path} 的返回不符合接口文档。`,
      en: `The gateway's answer to ${path} is not as documented.`,
    },
    {
      details: { issues: parsed.error.issues },
    },
  );
}

/** @param read nothing was to be recorded */
async function refusal(response: Response, read: boolean): Promise<ClientError> {
  const parsed = problemSchema.safeParse(await readJson(response));
  if (!parsed.success) {
    return new ClientError(
      'GATEWAY_REFUSED',
      { zh: `网关返回状态码 ${response.status}。`, en: `The gateway answered ${response.status}.` },
      {
        details: { status: response.status },
      },
    );
  }
  const { code, detail, title } = parsed.data;
  const sentence = detail ?? title ?? '';
  return new ClientError('GATEWAY_REFUSED', `${code}: ${sentence}`, {
    details: { ...parsed.data, ...(read && { read }) },
  });
}
