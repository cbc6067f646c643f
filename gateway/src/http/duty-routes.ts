import type { dutyReads } from '@yici/api';
import { isClaim } from './catalogue-routes.js';
import { given, recordOf, recordsOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

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
