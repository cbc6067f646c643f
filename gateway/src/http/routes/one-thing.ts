import type { OneThingGraph, oneThingReads } from '@yici/api';
import {
  padded,
  readyParts,
  type CaseRecord,
  type OneThingCaseRecord,
  type OneThingPart,
} from '@yici/domain/model';
import { maySee, viewOf } from '../../access/access.js';
import { partsNow } from '../../commands/numbers.js';
import { listOneThingCases } from '../../index-store/catalogue-lists.js';
import { caseRow } from '../../index-store/rows.js';
import type { AppDependencies } from '../context.js';
import { recordNotFound } from '../../errors.js';
import { joined, nothing, recordsOf, versionOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

/** One things: templates for every member, filed ones for the departments that they concern. */
export const oneThingHandlers: Handlers<typeof oneThingReads> = {
  'oneThings.list': ({ deps, query: { lead, status, ...page } }) =>
    joined(deps, 'oneThingHead', [], page, (head) => {
      const version = status === 'published' ? head.published : head.latest;
      if (version === undefined || ![undefined, head.lead].includes(lead)) return undefined;
      const template = deps.index.record('oneThing', head.code, padded(version));
      return [undefined, template?.status].includes(status) ? template : undefined;
    }),
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
