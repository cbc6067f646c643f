import {
  calendarVersionRecord,
  departmentRecord,
  dutyOverlapRecord,
  dutyVersionRecord,
  keyKinds,
  oneThingRecord,
  type CaseRecord,
  type MatterRecord,
} from '@yici/domain/model';
import type { z } from 'zod';
import {
  indexer,
  type IndexEntry,
  type Indexer,
  type RecordLookup,
} from '../index-store/index-entry.js';
import { knownDepartment, knownMatter } from '../index-store/known-records.js';
import { caseFacts } from './case-facts.js';
import {
  calendarFacts,
  departmentFacts,
  dutyFacts,
  matterFacts,
  oneThingFacts,
  overlapFacts,
} from './catalogue-facts.js';
import { factEntries, type PlacedFact } from './fact.js';

type Facts<T> = (record: T, lookup: RecordLookup) => PlacedFact[];

/** The entries of a record, with the rows of its facts. */
export function withFacts<T>(
  entries: (record: T, lookup: RecordLookup, until: string) => IndexEntry[],
  facts: Facts<T>,
): (record: T, lookup: RecordLookup, until: string) => IndexEntry[] {
  return (record, lookup, until) => {
    const all = entries(record, lookup, until);
    all.push(...factEntries(facts(record, lookup)));
    return all;
  };
}

export const factsOfCase: Facts<CaseRecord> = (record, lookup) =>
  caseFacts(record, {
    matter: knownMatter(record, lookup),
    department: (id) => knownDepartment(id, lookup),
  });

export const factsOfMatter: Facts<MatterRecord> = (record, lookup) =>
  matterFacts(record, (id) => knownDepartment(id, lookup));

const factsOnly = <T>(schema: z.ZodType<T>, facts: (record: T) => PlacedFact[]): Indexer =>
  indexer(schema, (record) => factEntries(facts(record)));

/** Records that have facts but are in no list. */
export const factIndexers: readonly (readonly [string, Indexer])[] = [
  [keyKinds.department.objectType, factsOnly(departmentRecord, departmentFacts)],
  [keyKinds.dutyVersion.objectType, factsOnly(dutyVersionRecord, dutyFacts)],
  [keyKinds.dutyOverlap.objectType, factsOnly(dutyOverlapRecord, overlapFacts)],
  [keyKinds.calendarVersion.objectType, factsOnly(calendarVersionRecord, calendarFacts)],
  [keyKinds.oneThing.objectType, factsOnly(oneThingRecord, oneThingFacts)],
];
