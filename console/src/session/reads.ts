import { skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AnswerOf, Asked, ReadName } from '@yici/api';
import { useCallback, useMemo } from 'react';
import { usePresent } from './session.js';

/** One answer of the API. @param asked undefined as long as it is not known what to ask */
export function useRead<N extends ReadName>(name: N, asked: Asked<N> | undefined) {
  const { client, session } = usePresent();
  return useQuery<AnswerOf<N>>({
    queryKey: [session.user, name, asked],
    queryFn: asked === undefined ? skipToken : () => client.read(name, asked),
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

/** A list of more pages is not read again from its beginning whenever something happens: whoever reads so far down stays there. */
const mostReadAgain = 10;
const isShort = (data: { readonly pages: readonly unknown[] } | undefined): boolean =>
  (data?.pages.length ?? 0) <= mostReadAgain;
/** Of pages behind the first, which is to be there soon. */
const furtherRows = 200;

const itemsOf = <Item>(
  data: { readonly pages: readonly Pick<Page<Item>, 'items'>[] } | undefined,
): readonly Item[] => data?.pages.flatMap((page) => page.items) ?? [];

/**
 * A list of the API, page after page; `keepUp` reads it again as long as it is not long, `fetchTo` fetches on until there are so many rows
 * or no more.
 */
export function usePages<Item>(
  name: ReadName,
  asked: Readonly<Record<string, string | number | undefined>>,
) {
  const { client, session } = usePresent();
  const query = useInfiniteQuery({
    queryKey: [session.user, name, asked],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const given =
        pageParam === undefined ? asked : { limit: furtherRows, ...asked, cursor: pageParam };
      return (await client.read(name, given)) as unknown as Page<Item>;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchOnMount: ({ state }) => isShort(state.data),
    refetchOnWindowFocus: ({ state }) => isShort(state.data),
    refetchOnReconnect: ({ state }) => isShort(state.data),
  });
  const { data, refetch, hasNextPage, fetchNextPage } = query;
  const items = useMemo(() => itemsOf(data), [data]);
  const fetchTo = useCallback(
    async (most: number) => {
      for (let isMore = hasNextPage; isMore;) {
        const now = await fetchNextPage({ cancelRefetch: false });
        isMore = now.hasNextPage && !now.isError && itemsOf(now.data).length < most;
      }
    },
    [hasNextPage, fetchNextPage],
  );
  const isKeptUp = isShort(data);
  const keepUp = useCallback(() => {
    if (isKeptUp) void refetch();
  }, [isKeptUp, refetch]);
  return { ...query, items, keepUp, fetchTo };
}

export { useLive } from './live.js';
