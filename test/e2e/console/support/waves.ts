import type { Locator, Page, Route } from 'playwright-core';

/** So often in a row nothing more was asked for before what is held is let through. */
const quietPasses = 6;
/** More waves than any page may need. */
const mostWaves = 12;

/**
 * How often a page waits for answers before it shows something. What it asks for is held until it asks for no more, then let
 * through together: however slow the machine, what does not wait for an answer is one wave with what is asked for beside it.
 */
export async function wavesUntil(
  page: Page,
  open: () => Promise<unknown>,
  shown: Locator,
): Promise<number> {
  const held: Route[] = [];
  let asked = 0;
  let waves = 0;
  let isOver = false;
  const hold = (route: Route) => {
    asked += 1;
    // Of a page that has no document yet nothing can be asked.
    const isDocument = route.request().isNavigationRequest();
    if (isDocument) waves += 1;
    return isDocument || isOver ? route.continue() : void held.push(route);
  };
  const everything = (url: URL) => !url.pathname.startsWith('/v1/events');
  await page.route(everything, hold);
  const opening = open();
  for (; waves < mostWaves; waves += 1) {
    await quiet(page, () => asked);
    if (await shown.first().isVisible()) break;
    await Promise.all(held.splice(0).map(answered));
  }
  isOver = true;
  await Promise.all(held.map((route) => route.continue()));
  await page.unroute(everything, hold);
  await opening;
  await shown.first().waitFor();
  return waves;
}

/** Until the page has nothing to do, and has asked for nothing for a while. */
async function quiet(page: Page, asked: () => number): Promise<void> {
  for (let passes = 0, before = -1; passes < quietPasses; passes += 1) {
    if (asked() !== before) passes = 0;
    before = asked();
    await idle(page);
  }
}

const idle = (page: Page): Promise<unknown> =>
  page
    .evaluate(
      () =>
        new Promise((done) => {
          // A page that draws nothing, such as one that has not begun, is never told that it is idle.
          requestIdleCallback(() => setTimeout(done, 50), { timeout: 500 });
        }),
    )
    // Another document took this one's place.
    .catch(() => undefined);

async function answered(route: Route): Promise<void> {
  const answer = route.request().response();
  await route.continue();
  await (await answer)?.finished();
}
