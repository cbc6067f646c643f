import { padded } from './keys';
import type { RecordOf } from './records';
import type { RecordStore } from './store';

/** What is drafted, cosigned, published and retired in versions. */
type VersionedKind = 'matter' | 'oneThing';

interface Numbers {
  readonly latest: number;
  readonly published?: number;
}

/** One version; none where none is named. */
export async function versionOf<K extends VersionedKind>(
  store: RecordStore,
  kind: K,
  id: string,
  version: number | undefined,
): Promise<RecordOf<K> | undefined> {
  return version === undefined ? undefined : store.get(kind, id, padded(version));
}

/** The newest version and the one published last: what the next draft is compared with. */
export async function newestVersions<K extends VersionedKind>(
  store: RecordStore,
  kind: K,
  id: string,
  head: Numbers | undefined,
): Promise<{
  readonly latest: RecordOf<K> | undefined;
  readonly published: RecordOf<K> | undefined;
}> {
  return {
    latest: await versionOf(store, kind, id, head?.latest),
    published: await versionOf(store, kind, id, head?.published),
  };
}

/** The version asked for; by default the one published last, or the newest while there is none. */
export async function versionToShow<K extends VersionedKind>(
  store: RecordStore,
  kind: K,
  id: string,
  version: number | undefined,
): Promise<RecordOf<K> | undefined> {
  if (version !== undefined) return versionOf(store, kind, id, version);
  const head =
    kind === 'matter' ? await store.get('matterHead', id) : await store.get('oneThingHead', id);
  return versionOf(store, kind, id, head?.published ?? head?.latest);
}
