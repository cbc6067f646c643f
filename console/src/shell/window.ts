import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { mostOnPaper } from './paper.js';

/** A table of so many rows or more scrolls by itself, and has in the page only those that are seen and some around them. */
const longFrom = 50;
const drawn = 70;
const around = 20;
/** The window moves by so many rows at a time. */
const stride = 10;
const usualHeight = 47;

interface Window<Row> {
  readonly isLong: boolean;
  readonly rows: readonly Row[];
  /** How much room the rows before and behind take that are not drawn, for the style sheet. */
  readonly style: Readonly<Record<`--rows-${string}`, string>>;
}

/**
 * The rows of a table that are drawn. @param place what the table is in
 * @param onEnd called when less than what is seen at once is left to scroll
 */
export function useWindow<Row>(
  place: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  onEnd?: () => void,
): Window<Row> {
  const isLong = rows.length >= longFrom;
  const height = useRef(usualHeight);
  const isPrinted = useSyncExternalStore(onPaper, () => paper.matches);
  // There is nothing to scroll there.
  const [first, setFirst] = useState(0);
  const from = isPrinted ? 0 : Math.max(0, Math.min(first, rows.length - drawn));
  const shown = rows.slice(from, from + (isPrinted ? mostOnPaper : drawn));
  useEffect(() => {
    const scroller = place.current?.querySelector<HTMLElement>('.ant-table-content');
    if (!isLong || scroller === null || scroller === undefined) return undefined;
    const look = () => {
      keepWidths(scroller);
      const seen = firstSeen(scroller, from, height);
      setFirst(Math.max(0, Math.floor((seen - around) / stride) * stride));
      const { scrollHeight, scrollTop, clientHeight } = scroller;
      if (scrollHeight - scrollTop < 2 * clientHeight) onEnd?.();
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [place, isLong, from, rows.length, onEnd]);
  const room = (count: number) => `${String(count * height.current)}px`;
  return {
    ...{ isLong, rows: isLong ? shown : rows },
    style: {
      '--rows-before': room(from),
      '--rows-behind': room(rows.length - from - shown.length),
    },
  };
}

/** In the table itself, and not in one that stands in a row of it. */
const own = (selector: string): string => `:scope > table > ${selector}`;

/** The number of the first row that is seen: by where the drawn ones are, and beyond them by how high a row is. */
function firstSeen(scroller: HTMLElement, from: number, height: { current: number }): number {
  const rows = [...scroller.querySelectorAll<HTMLElement>(own('tbody > tr.ant-table-row'))];
  const [top, last] = [rows[0], rows.at(-1)];
  if (top === undefined || last === undefined) return from;
  // Once, or the rows before would move what is seen.
  if (from === 0 && top.offsetHeight > 0) height.current = top.offsetHeight;
  const { scrollTop } = scroller;
  if (scrollTop < top.offsetTop) return Math.floor(scrollTop / height.current);
  const end = last.offsetTop + last.offsetHeight;
  if (scrollTop >= end) {
    return from + rows.length + Math.floor((scrollTop - end) / height.current);
  }
  return from + rows.findIndex((row) => row.offsetTop + row.offsetHeight > scrollTop);
}

/** A column never gets narrower: what it has changes while it is scrolled. */
function keepWidths(scroller: HTMLElement): void {
  for (const head of scroller.querySelectorAll<HTMLElement>(own('thead th'))) {
    head.style.minWidth = `${String(head.offsetWidth)}px`;
  }
}

const paper = matchMedia('print');

function onPaper(listener: () => void): () => void {
  paper.addEventListener('change', listener);
  return () => paper.removeEventListener('change', listener);
}
