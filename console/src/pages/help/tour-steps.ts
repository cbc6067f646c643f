import { useState } from 'react';

/** A step of the tour: as whom the demo's data want it, and the page where it is done. */
export const tourSteps = [
  { name: 'enter', role: 'offices.clerk1', path: '/who' },
  { name: 'file', role: 'offices.clerk1', path: '/file' },
  { name: 'receive', role: 'hrss.clerk1', path: '/who' },
  { name: 'follow', role: 'hrss.clerk1', path: '/cases' },
  { name: 'ledger', role: 'hrss.clerk1', path: '/ledger' },
  { name: 'verify', role: 'supervision.supervisor1', path: '/verify' },
] as const;

const kept = 'yici.tour';

/** How far this browser's visitor is. */
export function useTour() {
  const [at, setAt] = useState(() => Number(localStorage.getItem(kept) ?? 0));
  const go = (step: number): void => {
    localStorage.setItem(kept, String(step));
    setAt(step);
  };
  return { at, go };
}
