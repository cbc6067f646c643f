import type { Words } from '@yici/domain/model';
import { meaningOf, refusalCode } from '../contract-refusal.js';
import { ClientError } from '../errors.js';
import { Cast, type Identities } from './cast.js';
import { readDemoData, type DemoCalendar, type DemoData } from './data.js';
import { DemoWriter, MissingRecord, together } from './writer.js';
import { loadMatter, loadOneThing } from './load-matters.js';
import { loadCalendar, loadDataset, loadDepartments, loadDuties } from './load-registry.js';
import { untilOthersStop } from './others.js';
import { provisionalCalendar, yearsInReach } from './provisional.js';

export interface LoadDemoOptions {
  readonly baseUrl: string;
  readonly identities: Identities;
  readonly onProgress?: (line: Words) => void;
  /** Called from time to time while waiting for another process that is loading. */
  readonly onWait?: (line: Words) => void;
  /** Whether to wait first until another process has finished loading. */
  readonly patient?: boolean;
  /** The records to load; default: the whole demo. */
  readonly data?: DemoData;
  /** The clock; default: the system's. */
  readonly now?: () => Date;
}

interface LoadedDemo {
  /** Writes this run made; 0 when everything was there. */
  readonly writes: number;
}

/**
 * Loads the demo onto the ledger: departments and their functions, working calendars, duties, data sets, matters, one
 * things. It writes only what is missing, so it may be interrupted, repeated and run twice concurrently; a second run
 * changes nothing. Independent records are written concurrently.
 * @throws ClientError for refusals that persist while no other process is loading.
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

/** Number of refusals, while no other process writes, after which they count as permanent. */
const maxRefusalsAlone = 2;
const mostAttempts = 20;
const none = () => undefined;

/** Retries work that was refused because of another loading process, once that has stopped. */
async function again(work: () => Promise<void>, othersStop: () => Promise<boolean>): Promise<void> {
  let alone = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      if (!(await othersStop())) alone += 1;
      if (alone === maxRefusalsAlone || attempt === mostAttempts) throw error;
    }
  }
}

/** Refused by the contract, or repeatedly in conflict with another transaction. */
function isOvertaken(error: unknown): boolean {
  const lost = error instanceof ClientError && error.code === 'TRANSACTION_INVALID';
  return lost || meaningOf(refusalCode(error) ?? '') !== undefined;
}

/** Whether everything exists; writes nothing. */
async function isWhole(cast: Cast, data: DemoData): Promise<boolean> {
  try {
    await load(new DemoWriter(cast, none, true), data);
    return true;
  } catch (error) {
    if (error instanceof MissingRecord) return false;
    throw error;
  }
}

async function load(writer: DemoWriter, data: DemoData): Promise<void> {
  await loadDepartments(writer, data.departments);
  await together([
    loadDuties(writer, data.duties, data.departments),
    ...data.calendars.map((calendar) => loadCalendar(writer, calendar)),
  ]);
  await together(data.datasets.map((dataset) => loadDataset(writer, dataset)));
  await together(data.matters.map((matter) => loadMatter(writer, matter)));
  await together(data.oneThings.map((oneThing) => loadOneThing(writer, oneThing)));
}

/**
 * Permitted clock difference in the demo: `windowSeconds` of the demo's topology. Small, so that a time limit of one
 * minute can be shown to expire.
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
