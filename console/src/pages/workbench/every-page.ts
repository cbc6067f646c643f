import { useEffect } from 'react';

/** More than anybody goes through by hand; counts say that there are more. */
const mostPages = 10;

interface Paged {
  readonly data: { readonly pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Loads a list to its end, so that it can be counted and narrowed here. */
export function useEveryPage({ data, hasNextPage, isFetching, fetchNextPage }: Paged): void {
  const count = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && count < mostPages) fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, count]);
}
