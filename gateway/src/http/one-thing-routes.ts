import type { OneThingGraph, oneThingReads } from '@yici/api';
import {
  padded,
  readyParts,
  type CaseRecord,
  type OneThingCaseRecord,
  type OneThingHeadRecord,
  type OneThingPart,
} from '@yici/domain/model';
import { maySee, viewOf } from '../access/access.js';
import { partsNow } from '../commands/numbers.js';
import { listOneThingCases } from '../index-store/catalogue-lists.js';
import { caseRow } from '../index-store/rows.js';
import type { AppDependencies } from './context.js';
import { recordNotFound } from './point-read.js';
import { nothing, recordsOf, versionOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

/** One things: templates for every member, filed ones for the departments that they concern. */
export const oneThingHandlers: Handlers<typeof oneThingReads> = {
  'oneThings.list': async ({ deps, query: { lead, status, ...page } }) => {
    const found = (head: OneThingHeadRecord) => {
      const version = status === 'published' ? head.published : head.latest;
      return version === undefined
        ? undefined
        : deps.index.record('oneThing', head.code, padded(version));
    };
    const heads = await deps.index.records(
      'oneThingHead',
      [],
      page,
      (head) =>
        [undefined, head.lead].includes(lead) &&
        (status === undefined || found(head)?.status === status),
    );
    return { items: heads.items.flatMap((head) => found(head) ?? []), next: heads.next };
  },
  'oneThings.get': versionOf('oneThing', 'oneThingHead'),
  'oneThings.versions': recordsOf('oneThing'),
  'oneThings.version': versionOf('oneThing', 'oneThingHead'),
  'oneThingCases.list': ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
    const view = viewOf(viewer);
    return view === undefined
      ? nothing
      : listOneThingCases(deps.index, view, filter, { limit, cursor });
  },
  'oneThingCases.get': ({ deps, viewer, params }) => {
    const record = deps.index.record('oneThingCase', params.no);
    if (record === undefined || !maySee(viewer, record.parties)) {
      throw recordNotFound('oneThingCase', [params.no]);
    }
    return graphOf(deps, record);
  },
};

function graphOf(deps: AppDependencies, record: OneThingCaseRecord): OneThingGraph {
  const { parts, cases } = partsNow(deps.index, record.parts);
  const ready = readyParts(parts);
  const news = parts.some(({ status }, index) => status !== record.parts[index]?.status);
  // `status` is as on the ledger; newer results of cases show in `state`, `ready` and `due`.
  const rows = record.parts.map((part) => partRow(deps, part, cases.get(part.id)));
  return { record, parts: rows, ready, due: news || ready.length > 0 };
}

function partRow(
  { index }: AppDependencies,
  { id, after, status, taskCode, matterVersion, caseNo }: OneThingPart,
  filedCase: CaseRecord | undefined,
): OneThingGraph['parts'][number] {
  const matter = index.record('matter', taskCode, padded(matterVersion));
  const { state, dueOn } = filedCase ? caseRow(filedCase, null) : { state: null, dueOn: null };
  const common = { id, after, status, taskCode, state, dueOn, caseNo: caseNo ?? null };
  return matter === undefined
    ? { ...common, matterName: null, owner: '' }
    : { ...common, matterName: matter.content.name, owner: matter.owner };
}
