import { meaningOf, refusalCode } from '../contract-refusal.js';
import { ClientError } from '../errors.js';
import { Cast, type Identities } from './cast.js';
import { readDemoData, type DemoCalendar, type DemoData } from './data.js';
import { DemoWriter, Missing, together } from './writer.js';
import { loadMatter, loadOneThing } from './load-matters.js';
import { loadCalendar, loadDataset, loadDepartments, loadDuties } from './load-registry.js';
import { untilOthersStop } from './others.js';
import { provisionalCalendar, yearsInReach } from './provisional.js';

export interface LoadDemoOptions {
  readonly baseUrl: string;
  readonly identities: Identities;
  readonly onProgress?: (line: string) => void;
  /** Told now and then while somebody else's loading is waited for. */
  readonly onWait?: (line: string) => void;
  /** Lets somebody who is loading already come to an end first. */
  readonly patient?: boolean;
  /** What to put on the ledger; the whole demo unless told. */
  readonly data?: DemoData;
  /** The clock; the real one unless told. */
  readonly now?: () => Date;
}

interface LoadedDemo {
  /** Writes this run made; 0 when everything was there. */
  readonly writes: number;
}

/**
 * Puts the demo on the ledger: departments and their functions, working calendars, duties, data sets, matters, one things.
 * It looks at what is there and writes what is missing, so it may be interrupted, repeated and run twice at the same time;
 * a second run changes nothing. What does not rest on each other is written at the same time.
 * @throws ClientError what the gateway refuses again and again while nobody else is loading.
 */
export async function loadDemo(options: LoadDemoOptions): Promise<LoadedDemo> {
  const cast = new Cast(options);
  const writer = new DemoWriter(cast, options.onProgress ?? none);
  const data = options.data ?? (await readDemoData());
  const years = yearsInReach(options.now?.() ?? new Date());
  const all = { ...data, calendars: withProvisional(data.calendars, years) };
  const whole = () => isWhole(cast, all);
  const othersStop = () => untilOthersStop(cast, whole, options.onWait ?? none);
  try {
    if (options.patient === true && !(await whole())) await othersStop();
    await again(() => load(writer, all), othersStop);
    return { writes: writer.writes };
  } finally {
    await cast.close();
  }
}

/** Refusals while nobody else writes: then they will not pass. */
const mostAlone = 2;
const mostAttempts = 20;
const none = () => undefined;

/** What is refused because somebody else is loading at the same time is tried again once they stop. */
async function again(work: () => Promise<void>, othersStop: () => Promise<boolean>): Promise<void> {
  let alone = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      if (!(await othersStop())) alone += 1;
      if (alone === mostAlone || attempt === mostAttempts) throw error;
    }
  }
}

/** The contract refused, or the transaction lost against another one again and again. */
function isOvertaken(error: unknown): boolean {
  const lost = error instanceof ClientError && error.code === 'TRANSACTION_INVALID';
  return lost || meaningOf(refusalCode(error) ?? '') !== undefined;
}

/** Whether nothing is missing; writes nothing. */
async function isWhole(cast: Cast, data: DemoData): Promise<boolean> {
  try {
    await load(new DemoWriter(cast, none, true), data);
    return true;
  } catch (error) {
    if (error instanceof Missing) return false;
    throw error;
  }
}

async function load(writer: DemoWriter, data: DemoData): Promise<void> {
  await loadDepartments(writer, data.departments);
  await together([
    loadDuties(writer, data.duties),
    ...data.calendars.map((calendar) => loadCalendar(writer, calendar)),
  ]);
  await together(data.datasets.map((dataset) => loadDataset(writer, dataset)));
  await together(data.matters.map((matter) => loadMatter(writer, matter)));
  await together(data.oneThings.map((oneThing) => loadOneThing(writer, oneThing)));
}

/**
 * What clocks may differ by in the demo: the `windowSeconds` of the demo's topology. Small, so that a limit of a minute can
 * be seen to pass.
 */
export const demoWindowSeconds = 30;

function withProvisional(
  calendars: readonly DemoCalendar[],
  years: readonly number[],
): DemoCalendar[] {
  const missing = years.filter((year) => !calendars.some((known) => known.year === year));
  return [...calendars, ...missing.map(provisionalCalendar)].map((calendar) => ({
    ...calendar,
    days: { windowSeconds: demoWindowSeconds, ...calendar.days },
  }));
}
