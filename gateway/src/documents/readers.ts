import { z } from 'zod';
import { caseParties, maySee, type Viewer } from '../access/access.js';
import type { DocumentAct } from '../index-store/model.js';
import type { IndexReader } from '../index-store/reader.js';
import type { DocumentRecord } from './model.js';

/** Who may read a document beside the department that keeps it, and the cases through which. */
interface Readers {
  readonly departments: readonly string[];
  readonly cases: readonly string[];
}

/**
 * Those whom the keeping department shows a document: the departments it granted it to, and those that its own acts on the
 * ledger concern which name the digest. That another department names the digest gives nobody anything: a digest is no
 * secret, every member's peer has it.
 */
async function readersOf(
  index: IndexReader,
  { digest, by, grantedTo = [] }: DocumentRecord,
): Promise<Readers> {
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

/** Cases in which the keeping department named the document, as far as the viewer takes part in them. */
export async function casesShown(
  viewer: Viewer,
  index: IndexReader,
  record: DocumentRecord,
): Promise<string[]> {
  const { cases } = await readersOf(index, record);
  return cases.filter((caseNo) => maySee(viewer, caseParties(index, caseNo)));
}

const casesOf = ({ caseNo, caseNos = [] }: DocumentAct): string[] =>
  caseNo === undefined ? caseNos : [caseNo, ...caseNos];

/** Parties as they are now: whoever a case is handed over to reads what was filed in it. An act for all shows it to nobody. */
function concerned(index: IndexReader, act: DocumentAct): readonly string[] {
  const { name, caseNo, no, shareId, parties = [] } = act;
  if (caseNo !== undefined) {
    const whole = name === 'case.supplement' ? oneThingOf(index, caseNo) : undefined;
    return [...caseParties(index, caseNo), ...filedParties(index, whole)];
  }
  if (no !== undefined) return filedParties(index, no);
  const share = shareId === undefined ? undefined : index.record('share', shareId);
  if (share === undefined) return parties;
  // What is delivered is for the requester; lead authority and mediators see the procedure.
  return name === 'sharing.deliver' ? [share.requester] : share.parties;
}

const partOf = z.object({ oneThing: z.object({ no: z.string() }).optional() });

/** What a part is given later goes on to the parts behind it: one set of materials for the whole. */
function oneThingOf(index: IndexReader, caseNo: string): string | undefined {
  const text = index.recordText('case', caseNo);
  return text === undefined ? undefined : partOf.parse(JSON.parse(text)).oneThing?.no;
}

const filedParties = (index: IndexReader, no: string | undefined): readonly string[] =>
  no === undefined ? [] : (index.record('oneThingCase', no)?.parties ?? []);
