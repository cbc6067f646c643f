import type { ContractEvent } from '@yici/domain/model';
import { z } from 'zod';
import { caseParties, maySee, type Viewer } from '../access/access.js';
import type { IndexReader } from '../index-store/reader.js';
import type { DocumentRecord } from './model.js';

/**
 * Departments with access: those that the keeping department granted it to, and those concerned by its acts on the ledger that
 * name the digest. Another department's act that names the digest gives no access, because digests are known to every member.
 */
async function readersOf(index: IndexReader, { digest, by, grantedTo = [] }: DocumentRecord) {
  const acts = await index.documentActs(digest.digest, by.department);
  return {
    departments: [...grantedTo, ...acts.flatMap((act) => concerned(index, act))],
    cases: [...new Set(acts.flatMap(casesOf))].sort(),
  };
}

export async function mayRead(
  viewer: Viewer,
  index: IndexReader,
  record: DocumentRecord,
): Promise<boolean> {
  if (maySee(viewer, [record.by.department])) return true;
  return maySee(viewer, (await readersOf(index, record)).departments);
}

/** Cases in which the keeping department named the document and the viewer takes part. */
export async function casesShown(
  viewer: Viewer,
  index: IndexReader,
  record: DocumentRecord,
): Promise<string[]> {
  const { cases } = await readersOf(index, record);
  return cases.filter((caseNo) => maySee(viewer, caseParties(index, caseNo)));
}

const casesOf = ({ caseNo, caseNos = [] }: ContractEvent): string[] =>
  caseNo === undefined ? caseNos : [caseNo, ...caseNos];

/**
 * The current parties: a department that takes over a case can read its documents. An act addressed to everybody gives
 * no access.
 */
function concerned(index: IndexReader, act: ContractEvent): readonly string[] {
  const { name, caseNo, no, shareId, parties = [] } = act;
  if (caseNo !== undefined) {
    const whole = name === 'case.supplement' ? oneThingOf(index, caseNo) : undefined;
    return [...caseParties(index, caseNo), ...filedParties(index, whole)];
  }
  if (no !== undefined) return filedParties(index, no);
  const share = shareId === undefined ? undefined : index.record('share', shareId);
  if (share === undefined) return parties;
  // Deliveries are for the requester only; lead authority and mediators see the procedure.
  return name === 'sharing.deliver' ? [share.requester] : share.parties;
}

const partOf = z.object({ oneThing: z.object({ no: z.string() }).optional() });

/** Documents added to a part later are available to the following parts: one set of materials for the whole. */
function oneThingOf(index: IndexReader, caseNo: string): string | undefined {
  const text = index.recordText('case', caseNo);
  return text === undefined ? undefined : partOf.parse(JSON.parse(text)).oneThing?.no;
}

const filedParties = (index: IndexReader, no: string | undefined): readonly string[] =>
  no === undefined ? [] : (index.record('oneThingCase', no)?.parties ?? []);
