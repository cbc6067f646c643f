import { receiverOf, type ReformRecord } from '@yici/domain/model';
import { about, inboxEntries, notBy } from './inbox-entry.js';
import { holderOf, type IndexEntry, type Surroundings } from './index-entry.js';

/** A reorganisation waits for the second organ or for every receiver: for each of them that has not confirmed it. */
export function reformInbox(record: ReformRecord, { lookup }: Surroundings): IndexEntry[] {
  const { reformId, registeredAt: since, registeredBy, changes, confirmations } = record;
  if (record.inForceFrom !== undefined) return [];
  const office = holderOf(lookup, 'establishment');
  const second = registeredBy.department === office ? holderOf(lookup, 'government') : office;
  const done = confirmations.map(({ by }) => by.department);
  const waiting = new Set([...(second === undefined ? [] : [second]), ...changes.map(receiverOf)]);
  const tasks = [...waiting].filter((one) => !done.includes(one));
  const task = {
    ...({ todo: 'confirmReform', step: reformId, since, state: 'registered' } as const),
    ...{ about: about('reforms', reformId), ...notBy(registeredBy) },
  };
  return inboxEntries(
    reformId,
    tasks.map((department) => ({ ...task, department })),
  );
}
