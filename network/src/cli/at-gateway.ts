import type { Words } from '@yici/domain/model';
import { z } from 'zod';
import { NetworkError } from '../errors.js';

const problemSchema = z.object({ code: z.string(), detail: z.string().optional() });

/**
 * Asks a gateway for what needs no session: with a body it is brought, else read.
 * @returns a function that throws NetworkError with the given code: what the gateway says, or that it does not answer
 */
export function asker(gateway: string, code: NetworkError['code']) {
  const refused = (words: Words, cause?: unknown) => new NetworkError(code, words, { cause });
  return async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(new URL(path, gateway), {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
    }).catch((cause: unknown) => {
      throw refused({ zh: `${gateway} 没有应答。`, en: `${gateway} does not answer.` }, cause);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const { data } = problemSchema.safeParse(answer);
    const said = data === undefined ? String(response.status) : `${data.code} ${data.detail ?? ''}`;
    throw refused({ zh: `网关：${said}`, en: `The gateway: ${said}` });
  };
}
