import {
  departmentOfMspRecord,
  departmentRecord,
  keyKinds,
  matterRecord,
  padded,
  type DepartmentRecord,
  type MatterContent,
} from '@yici/domain/model';
import type { z } from 'zod';
import { conforming } from './conforms.js';
import type { RecordLookup } from './index-entry.js';

/**
 * Cache of records that every act uses and of which there are few: each text is parsed once. A malformed record counts
 * as absent.
 */
class KnownRecords<T> {
  readonly #conforms: (value: unknown) => T | undefined;
  readonly #most: number;
  readonly #known = new Map<string, T | undefined>();

  constructor(schema: z.ZodType<T>, most: number) {
    this.#conforms = conforming(schema);
    this.#most = most;
  }

  of(text: string | undefined): T | undefined {
    if (text === undefined) return undefined;
    if (this.#known.has(text)) return this.#known.get(text);
    const record = this.#conforms(JSON.parse(text));
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#known.set(text, record);
    return record;
  }
}

const matters = new KnownRecords(matterRecord, 200);
const departments = new KnownRecords(departmentRecord, 500);
const members = new KnownRecords(departmentOfMspRecord, 500);

/** A matter version. */
export function knownMatter(
  { taskCode, matterVersion }: { readonly taskCode: string; readonly matterVersion: number },
  lookup: RecordLookup,
): MatterContent | undefined {
  return matters.of(lookup(keyKinds.matter.objectType, taskCode, padded(matterVersion)))?.content;
}

/** A registered department by id. */
export function knownDepartment(id: string, lookup: RecordLookup): DepartmentRecord | undefined {
  return departments.of(lookup(keyKinds.department.objectType, id));
}

/** The registered department of an MSP. */
export function knownMember(mspId: string, lookup: RecordLookup): string | undefined {
  return members.of(lookup(keyKinds.departmentOfMsp.objectType, mspId))?.department;
}
