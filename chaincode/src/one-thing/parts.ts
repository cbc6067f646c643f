import type { CalendarLookup } from '../calendar/working-days';
import type { CaseRecord } from '../case/records';
import type { FormerFilings } from '../case/filing/former-filing';
import { checkNumber, fileCase, type Applicant } from '../case/filing/submit';
import type { CommandInput } from '../kernel/commands';
import { absent, found, type Member } from '../kernel/caller';
import type { Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import type { PartMatters } from './materials';
import type { MergedMaterial, OneThingPart } from './records';

type Document = CaseRecord['form'];
type Opened = CommandInput<'oneThing.submit'>['cases'];

/** What opening parts looks at and writes with. */
export interface Opening {
  readonly no: string;
  readonly applicant: Applicant;
  /** The one form, and the promise to bring what is missing. */
  readonly given: Pick<CommandInput<'case.submit'>, 'form' | 'pledge'>;
  readonly materials: readonly MergedMaterial[];
  /** The newest document of each merged material, by its code. */
  readonly documents: ReadonlyMap<string, Document>;
  readonly matters: PartMatters;
  /** Cases that the ledger already has under the numbers given. */
  readonly taken: ReadonlyMap<string, CaseRecord>;
  readonly former: FormerFilings;
  readonly calendar: CalendarLookup;
  readonly member: Member;
  readonly now: Now;
}

export interface OpenedParts {
  readonly parts: OneThingPart[];
  /** The new cases with the first event of each. */
  readonly records: readonly LedgerRecord[];
}

/**
 * Opens parts as ordinary cases that carry their one thing. All parts whose turn it is open in one transaction, so those
 * that run in parallel share one start (Zhejiang regulation art 5(3)).
 * @throws ContractError ONE_THING_PARTS_WRONG, ALREADY_EXISTS, CASE_NUMBER_INVALID, MATERIAL_MISSING, CALENDAR_MISSING
 */
export function openParts(
  parts: readonly OneThingPart[],
  ready: readonly string[],
  cases: Opened,
  opening: Opening,
): OpenedParts {
  requireExactly(ready, cases);
  const records: LedgerRecord[] = [];
  const opened = parts.map((part): OneThingPart => {
    const caseNo = cases.find(({ node }) => node === part.id)?.caseNo;
    if (caseNo === undefined) return part;
    const { main, also } = openPart(part, caseNo, opening);
    records.push(main, ...also);
    return { ...part, status: 'open', caseNo, openedAt: opening.now.at };
  });
  return { parts: opened, records };
}

function openPart(part: OneThingPart, caseNo: string, opening: Opening) {
  const { no, applicant, given, matters, taken, calendar, member, now } = opening;
  const { taskCode, matterVersion } = part;
  absent(taken.get(caseNo), { caseNo });
  checkNumber(caseNo, taskCode, now);
  const matter = found(matters.get(part.id), { taskCode, version: matterVersion });
  const materials = documentsFor(part.id, opening);
  const input = { caseNo, taskCode, matterVersion, ...given, materials };
  const oneThing = { no, node: part.id };
  const former = opening.former.get(taskCode);
  return fileCase(matter, input, { applicant, now, calendar, member, oneThing, former });
}

/** A part's own materials out of the one set. */
function documentsFor(node: string, { materials, documents }: Opening) {
  return materials.flatMap((merged) => {
    const document = documents.get(merged.code);
    if (document === undefined) return [];
    return merged.of.filter((of) => of.node === node).map(({ code }) => ({ code, document }));
  });
}

function requireExactly(ready: readonly string[], cases: Opened): void {
  const given = cases.map(({ node }) => node).sort();
  const wanted = [...ready].sort();
  const same = given.length === wanted.length && given.every((id, i) => id === wanted[i]);
  if (!same) throw new ContractError('ONE_THING_PARTS_WRONG', { ready: wanted, given });
}

/** What the applicant gives once and every part gets. */
export function givenOnce({ form, pledge }: Opening['given']): Opening['given'] {
  return pledge === undefined ? { form } : { form, pledge };
}
