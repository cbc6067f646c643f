import {
  calendarVersionRecord,
  canonicalDigest,
  datasetVersionRecord,
  departmentRecord,
  type DatasetVersionRecord,
  type DepartmentRecord,
  type DutyRecord,
} from '@yici/domain/model';
import type { DemoCalendar, DemoDataset, DemoDepartment, DemoDuty } from './data.js';
import { lineOf, same, together, type DemoWriter } from './writer.js';

/** Registers the departments, and has others declare for each claimed function. */
export async function loadDepartments(
  writer: DemoWriter,
  departments: readonly DemoDepartment[],
): Promise<void> {
  const known = await knownDepartments(writer);
  await together(
    departments
      .filter(({ id }) => !known.has(id))
      .map((department) =>
        writer.write(
          `${department.id}.head1`,
          'department.register',
          department,
          lineOf('登记部门', 'department', department.name),
        ),
      ),
  );
  const ids = departments.map(({ id }) => id);
  const claimants = departments.filter(({ functions = [] }) => functions.length > 0);
  await together(claimants.map(({ id }) => loadFunctions(writer, id, ids)));
}

/** Other departments declare for a claim until it is in force. */
async function loadFunctions(
  writer: DemoWriter,
  id: string,
  all: readonly string[],
): Promise<void> {
  let record = (await knownDepartments(writer)).get(id);
  for (const other of all.filter((candidate) => candidate !== id)) {
    const functions = (record?.claims ?? [])
      .filter((claim) => claim.declaredBy.every(({ department }) => department !== other))
      .map((claim) => claim.function);
    if (functions.length === 0) continue;
    const line = lineOf('确认职能', 'functions', {
      zh: `${id} ${functions.join('、')}`,
      en: `${id} ${functions.join(', ')}`,
    });
    const { result } = await writer.write(
      `${other}.head1`,
      'department.confirm',
      { id, functions },
      line,
    );
    record = departmentRecord.parse(result);
  }
}

async function knownDepartments(writer: DemoWriter): Promise<Map<string, DepartmentRecord>> {
  const records = await writer.list('departments.list', { limit: 200 });
  return new Map(records.map((record) => [record.id, record]));
}

/** The lead authority proposes, the finance bureau's head confirms. A newer calendar than ours is left alone. */
export async function loadCalendar(writer: DemoWriter, calendar: DemoCalendar): Promise<void> {
  const { year, notice } = calendar;
  let record = await writer.find('calendars.get', { year });
  if (record === undefined) {
    const line = lineOf('提交工作日历', 'calendar', same(`${year} ${notice.number}`));
    const { result } = await writer.write('data.clerk1', 'calendar.import', calendar, line);
    record = calendarVersionRecord.parse(result);
  }
  if (record.status !== 'proposed') return;
  const { version, contentDigest } = record;
  const line = lineOf('工作日历生效', 'calendar in force', same(year));
  await writer.write('finance.head1', 'calendar.confirm', { year, version, contentDigest }, line);
}

/**
 * Every department enters its own clauses and the Establishment Office's head confirms them; the government's confirms those
 * of that office. What stands is left alone.
 */
export async function loadDuties(
  writer: DemoWriter,
  duties: readonly DemoDuty[],
  departments: readonly DemoDepartment[],
): Promise<void> {
  const registered = await writer.list('duties.list', { limit: 200 });
  const known = new Map(registered.map((duty) => [`${duty.department} ${duty.code}`, duty]));
  await together(
    duties.map((duty) => {
      const found = known.get(`${duty.department} ${duty.code}`);
      return loadDuty(writer, duty, found, confirmerOf(duty, departments));
    }),
  );
}

/** The office's own clauses are its own to confirm in a network without a government's office. */
function confirmerOf({ department }: DemoDuty, departments: readonly DemoDepartment[]): string {
  const government = departments.find(({ functions }) => functions?.includes('government'));
  const confirms = department === 'establishment' ? government?.id : undefined;
  return `${confirms ?? 'establishment'}.head1`;
}

async function loadDuty(
  writer: DemoWriter,
  duty: DemoDuty,
  found: DutyRecord | undefined,
  confirmer: string,
): Promise<void> {
  const { department, code, title } = duty;
  // A clause from before it said what it covers is entered once more, with that.
  const stands = duty.covers !== undefined && found?.covers === undefined ? undefined : found;
  if (stands?.confirmedVersion !== undefined) return;
  if (stands === undefined) {
    const line = lineOf('登记职责条目', 'duty', {
      zh: `${code} ${title.zh}`,
      en: `${code} ${title.en}`,
    });
    await writer.write(`${department}.clerk1`, 'duty.register', duty, line);
  }
  const version = stands?.version ?? nextVersion(found);
  const line = lineOf('确认职责条目', 'duty confirmed', same(code));
  await writer.write(confirmer, 'duty.confirm', { department, code, version }, line);
}

const nextVersion = (found: DutyRecord | undefined): number => (found?.version ?? 0) + 1;

/** Worded by the source's clerk, approved by its head, published by the lead authority; from whatever stands already. */
export async function loadDataset(
  writer: DemoWriter,
  { source, input }: DemoDataset,
): Promise<void> {
  const asked = { datasetId: input.datasetId };
  if ((await writer.find('datasets.get', asked))?.status === 'published') return;
  const known = (await writer.list('datasets.versions', { ...asked, limit: 200 })).at(-1);
  let current = known?.contentDigest === canonicalDigest(input) ? known : undefined;
  current ??= await onDataset(writer, `${source}.clerk1`, 'dataset.register', input, '编制');
  const { datasetId, version, contentDigest } = current;
  const signed = { datasetId, version, contentDigest };
  if (current.status === 'registered') {
    const approval = { ...signed, ...reviewsOf(input) };
    current = await onDataset(writer, `${source}.head1`, 'dataset.approve', approval, '审核');
  }
  if (current.status === 'approved') {
    // For the lead authority's own entries, the publisher is a third person (maker is not checker).
    const publisher = source === 'data' ? 'data.clerk2' : 'data.clerk1';
    await onDataset(writer, publisher, 'dataset.publish', signed, '公布');
  }
}

async function onDataset(
  writer: DemoWriter,
  user: string,
  command: string,
  input: Readonly<Record<string, unknown>>,
  act: string,
): Promise<DatasetVersionRecord> {
  const line = lineOf(`${act}政务数据目录项`, command, same(String(input['datasetId'])));
  const { result } = await writer.write(user, command, input, line);
  return datasetVersionRecord.parse(result);
}

/** The written reviews for an approval: demo values, of which only the digests are stored. */
function reviewsOf({ datasetId, fields }: DemoDataset['input']) {
  const standIn = (text: string) => ({
    digestAlg: 'sha256' as const,
    digest: canonicalDigest(`${text} of ${datasetId}`),
  });
  const secrecyReview = standIn('demo secrecy review');
  return fields.some(({ personal }) => personal === true)
    ? { secrecyReview, impactAssessment: standIn('demo impact assessment') }
    : { secrecyReview };
}
