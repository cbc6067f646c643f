import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AnswerOf, Asked, ReadName } from '@yici/api';
import { usePresent } from './session.js';

/** One answer of the API. */
export function useRead<N extends ReadName>(name: N, asked: Asked<N>) {
  const { client, session } = usePresent();
  return useQuery<AnswerOf<N>>({
    queryKey: [session.user, name, asked],
    queryFn: () => client.read(name, asked),
  });
}

/** One answer of a read that only its definition names; `Answer` is what that definition says. */
export function useAnyRead<Answer>(
  name: ReadName,
  asked: Readonly<Record<string, string | number | undefined>>,
) {
  const { client, session } = usePresent();
  return useQuery<Answer>({
    queryKey: [session.user, name, asked],
    queryFn: async () => (await client.read(name, asked)) as unknown as Answer,
  });
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A list of the API, page after page. */
export function usePages<Item>(
  name: ReadName,
  asked: Readonly<Record<string, string | number | undefined>>,
) {
  const { client, session } = usePresent();
  const query = useInfiniteQuery({
    queryKey: [session.user, name, asked],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const given = { ...asked, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return (await client.read(name, given)) as unknown as Page<Item>;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return { ...query, items: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

export { useLive } from './live.js';
