import { useEffect } from 'react';

/** Rows of a list that are printed at the most: nobody reads more on paper, and a browser takes its time with each. */
export const mostOnPaper = 2_000;

const lists = new Set<() => Promise<unknown>>();

/** Has a list that is shown fetch what is printed of it before anything is. */
export function useBeforePaper(fetchRest: () => Promise<unknown>): void {
  useEffect(() => {
    lists.add(fetchRest);
    return () => {
      lists.delete(fetchRest);
    };
  }, [fetchRest]);
}

/** Prints the page once its lists have what is printed of them; one that could not be fetched says on the paper that it is a part. */
export async function printPage(): Promise<void> {
  await Promise.all([...lists].map((fetchRest) => fetchRest()));
  // What was fetched last is drawn in a turn of its own.
  await new Promise((drawn) => setTimeout(drawn));
  print();
}
