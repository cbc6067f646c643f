import type { datasetReads, dutyReads, matterReads, registryReads, SpeedUpRow } from '@yici/api';
import { padded, speedUp, type MatterHeadRecord, type MatterRecord } from '@yici/domain/model';
import { listReviews } from '../../index-store/catalogue-lists.js';
import type { AppDependencies } from '../context.js';
import { retirementOf } from '../../reads/retirement.js';
import { given, joined, pointRead, recordOf, recordsOf, versionOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

/** Records that every member may read: departments, keys, calendars. */
export const registryHandlers: Handlers<typeof registryReads> = {
  'departments.list': recordsOf('department'),
  'departments.get': recordOf('department'),
  'departments.retirement': ({ deps: { index, now }, viewer, params: { id } }) =>
    retirementOf(index, viewer, id, now().toISOString()),
  'reforms.list': recordsOf('reform'),
  'reforms.get': recordOf('reform'),
  'appKeys.list': ({ deps, query: { department, ...page } }) =>
    deps.index.records('appKey', given(department), page),
  'calendars.list': recordsOf('calendar'),
  'calendars.get': ({ deps, params: { year }, query }) => {
    const head = deps.index.record('calendar', String(year));
    const version = head?.inForce?.version ?? head?.latest ?? 0;
    return pointRead(deps, query.source, {
      kind: 'calendarVersion',
      attributes: [String(year), padded(version)],
      ask: () => deps.ledger.query('calendar.get', version === 0 ? { year } : { year, version }),
    });
  },
  'calendars.versions': recordsOf('calendarVersion'),
};

export const matterHandlers: Handlers<typeof matterReads> = {
  'matters.list': ({ deps, query: { owner, status, duty, ...page } }) =>
    joined(deps, 'matterHead', [], page, (head) => {
      const matter =
        owner === undefined || head.owner === owner ? found(deps, head, status) : undefined;
      return duty === 'none' && matter?.content.dutyCode !== undefined ? undefined : matter;
    }),
  'matters.get': versionOf('matter', 'matterHead'),
  'matters.versions': recordsOf('matter'),
  'matters.version': versionOf('matter', 'matterHead'),
  'matters.reviews': recordsOf('review'),
  'reviews.list': ({ deps, query: { limit, cursor, ...filter } }) =>
    listReviews(deps.index, filter, { limit, cursor }),
  'speedUp.list': ({ deps, query: { owner, ...page } }) =>
    joined(deps, 'matterHead', [], page, (head) =>
      [undefined, head.owner].includes(owner) ? speedUpOf(deps, head) : undefined,
    ),
};

/** The published version of a matter, or its newest one, if it has the status that is asked for. */
function found(
  deps: AppDependencies,
  head: MatterHeadRecord,
  status: MatterRecord['status'] | undefined,
): MatterRecord | undefined {
  const version = status === 'published' ? head.published : head.latest;
  if (version === undefined) return undefined;
  const matter = deps.index.record('matter', head.taskCode, padded(version));
  return [undefined, matter?.status].includes(status) ? matter : undefined;
}

function speedUpOf(deps: AppDependencies, head: MatterHeadRecord): SpeedUpRow | undefined {
  const matter = found(deps, head, 'published');
  const speed = matter && speedUp(matter.content);
  if (matter === undefined || speed === undefined) return undefined;
  const { taskCode, owner, version, content } = matter;
  const { previous, promised, rate } = speed;
  return { taskCode, version, name: content.name, owner, previous, promised, rate };
}

export const datasetHandlers: Handlers<typeof datasetReads> = {
  'datasets.list': ({ deps, query: { department, ...page } }) =>
    deps.index.records('dataset', [], page, ({ sourceDepartment }) =>
      [undefined, sourceDepartment].includes(department),
    ),
  'datasets.get': recordOf('dataset'),
  'datasets.versions': recordsOf('datasetVersion'),
  'dataTopics.list': ({ deps, query: { topic, status, department, ...page } }) =>
    deps.index.records('dataTopic', given(topic), page, (known) =>
      isClaim(known, { status, department }),
    ),
};

/** Whether a topic claimed by departments has this status and this department among its claims, as far as given. */
function isClaim(
  known: { readonly status: string; readonly claims: readonly { readonly department: string }[] },
  wanted: { readonly status: string | undefined; readonly department: string | undefined },
): boolean {
  const { status, department } = wanted;
  if (status !== undefined && status !== known.status) return false;
  return department === undefined || known.claims.some((claim) => claim.department === department);
}

/** Duties and what follows from them: versions, matters, overlaps. */
export const dutyHandlers: Handlers<typeof dutyReads> = {
  'duties.list': ({ deps, query: { department, topic, ...page } }) =>
    deps.index.records('duty', given(department), page, (duty) =>
      [undefined, duty.topic].includes(topic),
    ),
  'duties.get': recordOf('duty'),
  'duties.versions': recordsOf('dutyVersion'),
  'duties.matters': recordsOf('matterOfDuty'),
  'dutyOverlaps.list': ({ deps, query: { topic, status, department, ...page } }) =>
    deps.index.records('dutyOverlap', given(topic), page, (overlap) =>
      isClaim(overlap, { status, department }),
    ),
};
