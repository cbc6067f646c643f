import { useEffect, useRef } from 'react';

/** Lets the keyboard scroll what is wider than the page; the library's tables do not. */
export function useReachable() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const table of place.current?.querySelectorAll('.ant-table-content') ?? []) {
      table.setAttribute('tabindex', '0');
    }
  });
  return place;
}
