import {
  addressOf,
  pageOf,
  namedReads,
  type AnswerOf,
  type Asked,
  type Read,
  type ReadName,
} from '@yici/api';
import type { z } from 'zod';
import type { Http } from './http.js';

/** Sends one read of the API to the gateway. @throws ClientError as {@link Http.call} */
export function ask<N extends ReadName>(
  http: Http,
  name: N,
  asked: Asked<N>,
): Promise<AnswerOf<N>> {
  const read = namedReads[name];
  return http.call(read.answer, addressOf(read, asked));
}

/** Every item of a list, page after page. */
export async function* everyItem<I extends z.ZodType>(
  http: Http,
  read: Pick<Read, 'path' | 'params' | 'query'> & { readonly item: I },
  asked: Parameters<typeof addressOf>[1],
): AsyncGenerator<z.output<I>> {
  const answer = pageOf(read.item);
  let cursor: string | undefined;
  do {
    const page: { readonly items: readonly z.output<I>[]; readonly next: string | null } =
      await http.call(answer, addressOf(read, { ...asked, cursor }));
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
