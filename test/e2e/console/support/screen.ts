import type { Page } from 'playwright-core';
import type { Visitor } from './visitor.js';

/** What Core Web Vitals call good. */
export const mostShift = 0.1;

/** Adds up how far what is shown moves by itself, from now on. */
export function watchShifts(): void {
  const whole = globalThis as { shift?: number; observer?: PerformanceObserver };
  whole.shift = 0;
  whole.observer?.disconnect();
  whole.observer = new PerformanceObserver((list) => {
    for (const one of list.getEntries() as (PerformanceEntry & { value: number })[]) {
      whole.shift = (whole.shift ?? 0) + one.value;
    }
  });
  whole.observer.observe({ type: 'layout-shift' });
}

/** What sticks out of a window of this width, unless it can be scrolled by itself; what is laid out anew is given a second for it. */
export async function widerThan({ page }: Visitor, width: number): Promise<string[]> {
  const { height = 800 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height });
  let wide = await stickingOut(page, width);
  for (let look = 0; look < 20 && wide.length > 0; look += 1) {
    await page.waitForTimeout(50);
    wide = await stickingOut(page, width);
  }
  const { pathname } = new URL(page.url());
  return wide.map((one) => `${String(width)} ${pathname}: ${one}`);
}

const stickingOut = (page: Page, width: number): Promise<string[]> =>
  page.evaluate((limit) => {
    if (document.documentElement.scrollWidth <= limit) return [];
    const scrolls = (one: Element): boolean => {
      const { overflowX } = getComputedStyle(one);
      const above = one.parentElement;
      return overflowX === 'auto' || (above !== null && above !== document.body && scrolls(above));
    };
    return [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > limit)
      .filter((one) => one.parentElement !== null && !scrolls(one.parentElement))
      .map((one) => `${one.tagName} ${one.className}`);
  }, width);
