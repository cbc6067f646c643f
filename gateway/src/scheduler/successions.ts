import {
  caseClocks,
  closedStates,
  departureOf,
  dueShareSuccessions,
  dueSuccessions,
  type DepartmentRecord,
  type Departure,
  type Held,
  type RecordKind,
  type RecordOf,
} from '@yici/domain/model';
import { z } from 'zod';
import { listCases } from '../index-store/lists.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Page } from '../store/page.js';
import type { DueProposal } from './proposal.js';

/** Maximum number of proposals of a kind in one round; the rest follow in the next. */
const most = 200;

const rowInput = z.object({ department: z.string(), reformId: z.string() });

/** A department that a reorganisation takes something from, or gives a name. */
interface Leaving {
  readonly index: IndexReader;
  readonly today: string;
  readonly reformId: string;
  readonly department: DepartmentRecord;
  readonly departmentOf: (id: string) => DepartmentRecord | undefined;
}

/**
 * What still has to be recorded of a reorganisation for one department: its name, its duties, its matters, its data sets,
 * its part in cases and shares. A closed case without a clock is not proposed: whoever needs it records it.
 */
export async function successions(
  input: unknown,
  today: string,
  index: IndexReader,
): Promise<readonly DueProposal[]> {
  const { department: id, reformId } = rowInput.parse(input);
  const departmentOf = (one: string) => index.record('department', one);
  const department = departmentOf(id);
  if (department === undefined) return [];
  const leaving = { index, today, reformId, department, departmentOf };
  const found = await Promise.all(
    [duties, matters, datasets, cases, shares].map((of) => of(leaving)),
  );
  return [...names(leaving), ...found.flat()];
}

function names({ department, reformId, today }: Leaving): DueProposal[] {
  const next = department.renames?.[0];
  if (next?.reformId !== reformId || next.on > today) return [];
  return [{ command: 'reform.takeName', input: { department: department.id } }];
}

const leaves = ({ department, reformId, today }: Leaving, held: Held): boolean =>
  departureOf(department.left, held, today)?.reformId === reformId;

const follows =
  ({ reformId }: Leaving) =>
  ({ departure }: { readonly departure: Departure }): boolean =>
    departure.reformId === reformId;

async function recordsOf<K extends RecordKind>(
  { index }: Leaving,
  [kind, ...attributes]: readonly [K, ...string[]],
  keep: (record: RecordOf<K>) => boolean,
): Promise<readonly RecordOf<K>[]> {
  return (await index.records(kind, attributes, { limit: most }, keep)).items;
}

async function duties(of: Leaving): Promise<DueProposal[]> {
  const { id: department } = of.department;
  const found = await recordsOf(
    of,
    ['duty', department],
    ({ code: id, moved }) => moved === undefined && leaves(of, { of: 'duty', id }),
  );
  return found.map(({ code }) => ({ command: 'reform.moveDuty', input: { department, code } }));
}

async function matters(of: Leaving): Promise<DueProposal[]> {
  const found = await recordsOf(
    of,
    ['matterHead'],
    ({ owner, taskCode: id }) => owner === of.department.id && leaves(of, { of: 'matter', id }),
  );
  return found.map(({ taskCode }) => ({ command: 'reform.moveMatter', input: { taskCode } }));
}

async function datasets(of: Leaving): Promise<DueProposal[]> {
  const found = await recordsOf(
    of,
    ['dataset'],
    ({ sourceDepartment, datasetId: id }) =>
      sourceDepartment === of.department.id && leaves(of, { of: 'dataset', id }),
  );
  return found.map(({ datasetId }) => ({ command: 'reform.moveDataset', input: { datasetId } }));
}

async function shares(of: Leaving): Promise<DueProposal[]> {
  const { departmentOf, today, reformId } = of;
  const found = await recordsOf(of, ['share'], (share) =>
    dueShareSuccessions(share, departmentOf, today).some(follows(of)),
  );
  return found.map(({ shareId }) => ({ command: 'sharing.succeed', input: { shareId, reformId } }));
}

async function cases(of: Leaving): Promise<DueProposal[]> {
  const { index, department, reformId } = of;
  const found: DueProposal[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<{ readonly caseNo: string }> = await listCases(
      ...([index, department.id, {}, undefined, { limit: most, cursor }] as const),
    );
    for (const { caseNo } of page.items) {
      if (passesOn(of, caseNo))
        found.push({ command: 'case.succeed', input: { caseNo, reformId } });
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && found.length < most);
  return found;
}

function passesOn(of: Leaving, caseNo: string): boolean {
  const record = of.index.record('case', caseNo);
  if (record === undefined) return false;
  if (closedStates.includes(record.state) && caseClocks(record).length === 0) return false;
  return dueSuccessions(record, of.departmentOf, of.today).some(follows(of));
}
