import { canonicalJson } from '@yici/chaincode/model';
import type { People } from './people.js';

const lists = ['/v1/departments', '/v1/calendars', '/v1/matters', '/v1/datasets', '/v1/blocks'];
const readers = ['supervision.supervisor1', 'offices.clerk1', 'finance.clerk1'];

/** Everything that the index shows to several readers, as text by path: equal before and after it is built anew. */
export async function snapshotOfIndex(people: People): Promise<ReadonlyMap<string, string>> {
  const snapshot = new Map<string, string>();
  for (const reader of readers) {
    const client = await people.as(reader);
    const read = async (path: string) => {
      const items: unknown[] = [];
      for await (const item of client.list(path, { limit: 200 })) items.push(item);
      snapshot.set(`${reader} ${path}`, canonicalJson(items));
    };
    for (const path of [...lists, '/v1/cases', '/v1/inbox', '/v1/attestations']) await read(path);
  }
  return snapshot;
}

/** Paths that show something else. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...before.keys()].filter((path) => before.get(path) !== after.get(path));
}
