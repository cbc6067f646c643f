import type { Asked, ListName } from '@yici/api';
import { canonicalJson } from '@yici/domain/model';
import type { People } from './people.js';

const lists: readonly ListName[] = [
  'departments.list',
  'calendars.list',
  'matters.list',
  'datasets.list',
  'blocks.list',
  'cases.list',
  'inbox.list',
  'attestations.list',
];
const readers = ['supervision.supervisor1', 'offices.clerk1', 'finance.clerk1'];

/** Everything that the index shows to several readers, as text by reader and read: equal before and after it is built anew. */
export async function snapshotOfIndex(people: People): Promise<ReadonlyMap<string, string>> {
  const snapshot = new Map<string, string>();
  for (const reader of readers) {
    const client = await people.as(reader);
    for (const name of lists) {
      const items: unknown[] = [];
      // None of these lists names anything in its path.
      const asked = { limit: 200 } as Asked<ListName>;
      for await (const item of client.list(name, asked)) items.push(item);
      snapshot.set(`${reader} ${name}`, canonicalJson(items));
    }
  }
  return snapshot;
}

/** Reads that show something else. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...before.keys()].filter((path) => before.get(path) !== after.get(path));
}
