import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import type { CitedDuty } from './citing';
import type { CoordinationOrgans } from './coordination';
import type { TopicState } from './overlap';
import type { MatterOfDutyRecord, ReviewRecord } from './records';
import { mostMarkedAtOnce } from './register';
import type { LinkedMatter } from './review';

export async function openReviewOf(
  store: RecordStore,
  link: MatterOfDutyRecord,
): Promise<ReviewRecord | undefined> {
  const { taskCode, matterVersion, review } = link;
  if (review === undefined) return undefined;
  return store.get('review', taskCode, padded(matterVersion), padded(review));
}

/**
 * The published matters that rest on a duty, by range: a matter that is published for it at the same time conflicts, so
 * none slips through between the two.
 */
export async function loadLinkedMatters(
  store: RecordStore,
  department: string,
  code: string,
): Promise<{ readonly linked: number; readonly first: readonly LinkedMatter[] }> {
  const all = await store.all('matterOfDuty', [department, code]);
  const links = all.filter(({ endedAt }) => endedAt === undefined);
  const first: LinkedMatter[] = [];
  for (const link of links.slice(0, mostMarkedAtOnce)) {
    first.push({ link, open: await openReviewOf(store, link) });
  }
  return { linked: links.length, first };
}

export async function loadTopics(
  store: RecordStore,
  topics: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, TopicState>> {
  const loaded = new Map<string, TopicState>();
  for (const topic of new Set(topics)) {
    if (topic === undefined) continue;
    const claims = await store.all('dutyOfTopic', [topic]);
    const latest = (await store.all('dutyOverlap', [topic])).at(-1);
    loaded.set(topic, { claims, latest });
  }
  return loaded;
}

/** The version of a duty that counts: a newer one that nobody has confirmed takes nothing from one that was. */
export async function loadCitedDuty(
  store: RecordStore,
  department: string,
  code: string,
): Promise<CitedDuty | undefined> {
  const duty = await store.get('duty', department, code);
  const confirmed = duty?.confirmedVersion;
  if (duty?.moved !== undefined) return duty;
  return confirmed === undefined || confirmed === duty?.version
    ? duty
    : store.get('dutyVersion', department, code, padded(confirmed));
}

/** Who proposes and who decides how duties are divided. */
export async function loadOrgans(store: RecordStore): Promise<CoordinationOrgans> {
  return {
    establishment: await store.get('functionHolder', 'establishment'),
    government: await store.get('functionHolder', 'government'),
  };
}
