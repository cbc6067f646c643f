import { meaningOf, refusalCode } from '../contract-refusal.js';
import { Cast, type Identities } from './cast.js';
import { readDemoData, type DemoCalendar, type DemoData } from './data.js';
import { Hand } from './hand.js';
import { loadMatter, loadOneThing } from './load-matters.js';
import { loadCalendar, loadDataset, loadDepartments, loadDuties } from './load-registry.js';
import { provisionalCalendar, yearsInReach } from './provisional.js';

export interface LoadDemoOptions {
  readonly baseUrl: string;
  readonly identities: Identities;
  readonly onProgress?: (line: string) => void;
  /** What to put on the ledger; the whole demo unless told. */
  readonly data?: DemoData;
  /** The clock; the real one unless told. */
  readonly now?: () => Date;
}

export interface LoadedDemo {
  /** Writes this run made; 0 when everything was there. */
  readonly writes: number;
}

/**
 * Puts the demo on the ledger: departments and their functions, working calendars, duties, data sets, matters, one things.
 * It looks at what is there and writes what is missing, so it may be interrupted and repeated; a second run changes
 * nothing. What does not rest on each other is written at the same time.
 * @throws ClientError whatever the gateway refuses.
 */
export async function loadDemo(options: LoadDemoOptions): Promise<LoadedDemo> {
  const cast = new Cast(options);
  const hand = new Hand(cast, options.onProgress ?? (() => undefined));
  const data = options.data ?? (await readDemoData());
  const years = yearsInReach(options.now?.() ?? new Date());
  const all = { ...data, calendars: withProvisional(data.calendars, years) };
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await load(hand, all);
        return { writes: hand.writes };
      } catch (error) {
        // Somebody else may be loading at the same time: what they wrote is looked at again.
        if (attempt === 3 || meaningOf(refusalCode(error) ?? '') === undefined) throw error;
      }
    }
  } finally {
    await cast.close();
  }
}

async function load(hand: Hand, data: DemoData): Promise<void> {
  await loadDepartments(hand, data.departments);
  await Promise.all([
    loadDuties(hand, data.duties),
    ...data.calendars.map((calendar) => loadCalendar(hand, calendar)),
  ]);
  await Promise.all(data.datasets.map((dataset) => loadDataset(hand, dataset)));
  await Promise.all(data.matters.map((matter) => loadMatter(hand, matter)));
  await Promise.all(data.oneThings.map((oneThing) => loadOneThing(hand, oneThing)));
}

function withProvisional(
  calendars: readonly DemoCalendar[],
  years: readonly number[],
): DemoCalendar[] {
  const missing = years.filter((year) => !calendars.some((known) => known.year === year));
  return [...calendars, ...missing.map(provisionalCalendar)];
}
