import type { AttestationRecord } from '../attestation/records';
import type { CalendarDays, CalendarRecord } from '../calendar/records';
import type { CalendarLookup, YearCalendar } from '../calendar/working-days';
import type { HandlingState } from '../case/acceptance';
import type { Attestations } from '../case/materials';
import type { CaseRecord } from '../case/records';
import type { DatasetRecord } from '../dataset/records';
import type { DepartmentRecord } from '../department/records';
import { padded } from '../kernel/keys';
import { defaultWindowSeconds } from '../kernel/ledger-time';
import { materialName } from '../kernel/material-name';
import type { DepartmentFunction } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';
import type { MatterReferences } from '../matter/content';
import type { Coverage } from '../matter/material-coverage';
import type { MatterContent } from '../matter/records';

type Attested = readonly { readonly attestationId: string }[];

/** A case, the matter it was filed against, and the attestations that the command and, if asked, the case name. */
export async function loadHandling(
  store: RecordStore,
  caseNo: string,
  attested: Attested,
  withHeld = false,
): Promise<Omit<HandlingState, 'calendar'>> {
  const record = await store.get('case', caseNo);
  if (record === undefined) return { case: undefined, matter: undefined, attestations: new Map() };
  const matter = await store.get('matter', record.taskCode, padded(record.matterVersion));
  const ids = attested.map(({ attestationId }) => attestationId);
  const attestations = await loadAttestations(store, withHeld ? [...ids, ...heldIn(record)] : ids);
  return { case: record, matter, attestations };
}

function heldIn(record: CaseRecord): string[] {
  return record.materials.flatMap(({ evidence }) =>
    evidence.kind === 'attestation' ? [evidence.attestationId] : [],
  );
}

async function loadAttestations(store: RecordStore, ids: readonly string[]): Promise<Attestations> {
  const found = new Map<string, AttestationRecord>();
  for (const id of new Set(ids)) {
    const attestation = await store.get('attestation', id);
    if (attestation !== undefined) found.set(id, attestation);
  }
  return found;
}

/**
 * Runs a rule that counts working days. Rules are pure and cannot read, so a year that turns out to be needed is read
 * and the rule runs again; only the years that are used enter the read set. A case keeps the calendar version it used
 * before (`pinned`). Years that are `certain` to be needed are read beforehand.
 */
export async function withCalendars<T>(
  store: RecordStore,
  pinned: CaseRecord['calendars'],
  run: (calendar: CalendarLookup) => T,
  certain: readonly number[] = [],
): Promise<T> {
  const loaded = new Map<number, YearCalendar | undefined>();
  for (const year of certain) loaded.set(year, await loadCalendar(store, pinned, year));
  for (;;) {
    const wanted = new Set<number>();
    const lookup: CalendarLookup = (year) => {
      if (!loaded.has(year)) wanted.add(year);
      return loaded.get(year);
    };
    try {
      const done = run(lookup);
      if (wanted.size === 0) return done;
    } catch (error) {
      if (wanted.size === 0) throw error;
    }
    for (const year of wanted) loaded.set(year, await loadCalendar(store, pinned, year));
  }
}

async function loadCalendar(
  store: RecordStore,
  pinned: CaseRecord['calendars'],
  year: number,
): Promise<YearCalendar | undefined> {
  const calendar = await store.get('calendar', year.toString());
  const version = pinned.find((known) => known.year === year)?.version;
  if (version === undefined || version === calendar?.inForce?.version) return calendar?.inForce;
  const days = await store.get('calendarVersion', year.toString(), padded(version));
  return days && { version, days: { ...days.days, ...windowOf(calendar) } };
}

/** Days are counted as before; by how much a limit must have passed is what holds now. */
function windowOf(calendar: CalendarRecord | undefined): Pick<CalendarDays, 'windowSeconds'> {
  const windowSeconds = calendar?.inForce?.days.windowSeconds ?? defaultWindowSeconds;
  return { windowSeconds };
}

/** What a matter's content points at. */
export async function loadReferences(
  store: RecordStore,
  content: MatterContent,
  owner: string,
): Promise<MatterReferences> {
  const registeredDepartments = new Set<string>();
  for (const id of new Set(content.flow.map((step) => step.department))) {
    if ((await store.get('department', id)) !== undefined) registeredDepartments.add(id);
  }
  const datasets = new Map();
  for (const id of new Set(content.materials.flatMap(({ datasetId }) => datasetId ?? []))) {
    const dataset = await store.get('dataset', id);
    if (dataset !== undefined) datasets.set(id, dataset);
  }
  const { dutyCode } = content;
  const duty = dutyCode === undefined ? undefined : await store.get('duty', owner, dutyCode);
  const coverage = await loadCoverage(store, content);
  return { registeredDepartments, datasets, duty, coverage };
}

/** The data sets that cover what the applicant is asked for, by code and by name. */
export async function loadCoverage(
  store: RecordStore,
  content: MatterContent | undefined,
): Promise<Coverage> {
  const coverage = new Map<string, DatasetRecord[]>();
  for (const { source, code, name } of content?.materials ?? []) {
    if (source === 'sharing') continue;
    const covers = [
      ...(await store.all('datasetCover', [code])),
      ...(await store.all('datasetCoverOfName', [materialName(name.zh)])),
    ];
    const ids = covers.filter(({ active }) => active).map(({ datasetId }) => datasetId);
    const found: DatasetRecord[] = [];
    for (const id of new Set(ids)) {
      const dataset = await store.get('dataset', id);
      if (dataset !== undefined) found.push(dataset);
    }
    coverage.set(code, found);
  }
  return coverage;
}

/** Departments that hold the given functions now, apart from `except`. */
export async function loadHolders(
  store: RecordStore,
  names: readonly DepartmentFunction[],
  except: string,
): Promise<ReadonlyMap<DepartmentFunction, DepartmentRecord>> {
  const holders = new Map<DepartmentFunction, DepartmentRecord>();
  for (const name of names) {
    const holder = await store.get('functionHolder', name);
    if (holder === undefined || holder.department === except) continue;
    const department = await store.get('department', holder.department);
    if (department !== undefined) holders.set(name, department);
  }
  return holders;
}
