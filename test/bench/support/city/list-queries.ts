import { cityDepartments, datasets, oneThings, rare } from './city.js';

/** Who asks: somebody who sees all, or one department. */
export type Asker = 'supervisor' | 'department';

/** A list under one combination of filters, with several values of them. */
export interface ListQuery {
  readonly name: string;
  readonly asker: Asker;
  readonly path: string;
  /** Query strings, asked in turn. */
  readonly queries: readonly string[];
  /** Follow so many pages first, and measure those behind. */
  readonly deep?: number;
}

type Values = Readonly<Record<string, string | readonly string[]>>;

const departments = cityDepartments.slice(0, 8);
const tasks = Array.from(
  { length: 12 },
  (_, index) => `YC3311${String(index + 1).padStart(10, '0')}`,
);
const open = ['SUBMITTED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW'];
const ended = ['ARCHIVED', 'DELIVERED', 'NOT_ACCEPTED', 'WITHDRAWN'];
const { taskCode } = rare.task;
const noLonger = ['ARCHIVED', 'DELIVERED'];

function lists(asker: Asker, path: string, all: readonly Values[], limit = 20): ListQuery[] {
  return all.map((values) => {
    const named = Object.entries(values).map(([field, value]) => {
      return typeof value === 'string' ? `${field}=${value}` : field;
    });
    const longest = Math.max(1, ...Object.values(values).map((value) => [value].flat().length));
    const queries = Array.from({ length: longest }, (_, index) => {
      const chosen = Object.entries(values).map(([field, value]): [string, string] => {
        const several = [value].flat();
        return [field, several[index % several.length] ?? ''];
      });
      return new URLSearchParams([...chosen, ['limit', String(limit)]]).toString();
    });
    const name = [path.slice(4), ...named].join(' ');
    return {
      name: asker === 'department' ? `${name} (of one department)` : name,
      asker,
      path,
      queries,
    };
  });
}

/** Every list that grows with cases, under every filter it takes and the combinations that are asked for. */
export const listQueries: readonly ListQuery[] = [
  ...lists('supervisor', '/v1/cases', [
    {},
    { sort: 'dueOn' },
    { sort: '-caseNo' },
    { department: departments },
    { state: [...open, ...ended] },
    { state: rare.state },
    { applicant: departments },
    { applicant: rare.applicant },
    { owner: departments },
    { taskCode: tasks },
    { taskCode },
    { dueFrom: '2025-12-20', dueTo: '2026-01-20' },
    { state: ended, department: departments },
    { state: noLonger, applicant: departments },
    { state: noLonger, owner: departments.slice(0, 4) },
    { state: noLonger, taskCode: tasks.slice(0, 4) },
    { applicant: rare.applicant, taskCode },
    { applicant: departments.slice(0, 4), taskCode: tasks.slice(0, 4) },
    { applicant: rare.applicant, owner: 'offices', state: rare.state },
  ]),
  ...lists('supervisor', '/v1/cases', [{}]).map((list) => {
    return { ...list, name: `${list.name}, 30 pages on`, deep: 30 };
  }),
  ...lists('department', '/v1/cases', [
    {},
    { sort: 'dueOn' },
    { sort: 'caseNo', taskCode: tasks.slice(0, 4) },
    { state: ['ARCHIVED', 'DELIVERED', 'NOT_ACCEPTED', 'WITHDRAWN'] },
    { applicant: departments.slice(0, 6) },
    { owner: departments.slice(0, 6) },
    { taskCode: tasks.slice(0, 4) },
    { department: departments.slice(0, 6) },
    { state: noLonger, department: departments.slice(0, 6) },
    { state: 'ARCHIVED', applicant: 'hrss' },
    { sort: 'dueOn', state: ['ACCEPTED', 'IN_REVIEW'] },
  ]),
  ...lists('department', '/v1/inbox', [{}]),
  ...lists('supervisor', '/v1/attestations', [{}, { status: 'revoked' }, { datasetId: datasets }]),
  ...lists('department', '/v1/attestations', [{}, { issuer: 'hrss', datasetId: datasets }], 10),
  ...lists('supervisor', '/v1/shares', [{}, { state: 'REFUSED' }, { datasetId: datasets }]),
  ...lists('department', '/v1/shares', [{}, { state: 'DISPOSED', provider: 'hrss' }], 10),
  ...lists('supervisor', '/v1/unmatched-shares', [{}], 5),
  ...lists('supervisor', '/v1/share-clocks', [{}], 5),
  ...lists('supervisor', '/v1/cards', [{}, { colour: 'red' }, { department: departments }], 5),
  ...lists('supervisor', '/v1/orders', [{}, { status: 'open' }]),
  ...lists('supervisor', '/v1/evaluations', [{}, { owner: departments }], 10),
  ...lists('supervisor', '/v1/urges', [{}]),
  ...lists('supervisor', '/v1/duty-rulings', [{}, { status: 'open' }], 10),
  ...lists('supervisor', '/v1/delegations', [{}, { from: 'offices.clerk9' }], 10),
  ...lists('supervisor', '/v1/one-thing-cases', [{}, { code: oneThings }, { status: 'granted' }]),
  ...lists('supervisor', '/v1/blocks', [{}]),
];
