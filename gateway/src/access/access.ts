import type { AttestationRecord, ShareRecord } from '@yici/domain/model';
import { z } from 'zod';
import { everyView } from '../index-store/index-entry.js';
import { knownMember } from '../index-store/known-records.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Caller } from '../callers/caller.js';

/** The read permissions of a caller. */
export interface Viewer {
  /** The caller's department; null before it is registered. */
  readonly department: string | null;
  /** A supervisor of the department that holds the supervision function. */
  readonly seesAll: boolean;
  /** From the department that leads data sharing: may read use records (Order 809 art 29). */
  readonly leads: boolean;
  /** A supervisor, or from the Establishment Office: may see the records behind every figure. */
  readonly seesFigures: boolean;
}

/** The permissions of a caller, from the ledger's records of departments and functions. */
export function viewerOf(caller: Caller, index: IndexReader): Viewer {
  const department = knownMember(index.lookup, caller.mspId) ?? null;
  const holds = (name: string) =>
    department !== null && index.record('functionHolder', name)?.department === department;
  const seesAll = caller.role === 'supervisor' && holds('supervision');
  return {
    department,
    seesAll,
    leads: holds('leadAuthority'),
    seesFigures: seesAll || holds('establishment'),
  };
}

/** The view whose lists the viewer reads; undefined when there is none. */
export function viewOf(viewer: Viewer): string | undefined {
  return viewer.seesAll ? everyView : (viewer.department ?? undefined);
}

/** Whether a record that concerns these departments (null: everybody) may be shown. */
export function maySee(viewer: Viewer, parties: readonly string[] | null): boolean {
  if (parties === null || viewer.seesAll) return true;
  return viewer.department !== null && parties.includes(viewer.department);
}

const partiesSchema = z.object({ parties: z.array(z.string()) });

/** The parties of a case; none when the index has no such case. */
export const caseParties = (index: IndexReader, caseNo: string): readonly string[] =>
  partiesOf(index, 'case', caseNo);

export function partiesOf(
  index: IndexReader,
  kind: 'case' | 'share' | 'oneThingCase',
  id: string,
): readonly string[] {
  const text = index.recordText(kind, id);
  return text === undefined ? [] : partiesSchema.parse(JSON.parse(text)).parties;
}

/** An attestation concerns its issuer, its requester and the parties of the case it is for. */
export function maySeeAttestation(
  viewer: Viewer,
  { issuer, requester, caseNo }: AttestationRecord,
  index: IndexReader,
): boolean {
  return maySee(viewer, [issuer, requester]) || maySee(viewer, caseParties(index, caseNo));
}

/** The lead authority supervises data sharing and sees all of it (Order 809 art 29); a department its own. */
export function maySeeShare(viewer: Viewer, { parties }: ShareRecord): boolean {
  return viewer.leads || maySee(viewer, parties);
}
