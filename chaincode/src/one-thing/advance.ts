import type { CalendarLookup } from '../calendar/working-days';
import type { FormerFilings } from '../case/filing/former-filing';
import type { CaseRecord } from '../case/records';
import type { DepartmentRecord } from '../department/records';
import type { CommandInput } from '../kernel/commands';
import { eventOf, found, type Member, type Outcome, type Rule } from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { graphStatus, readyParts, settledParts } from './graph';
import type { PartMatters } from './materials';
import { givenOnce, openParts } from './parts';
import type { OneThingCaseRecord, OneThingPart, OneThingRecord } from './records';

export interface AdvanceOneThingState {
  readonly record: OneThingCaseRecord | undefined;
  readonly applicant: DepartmentRecord | undefined;
  readonly oneThing: OneThingRecord | undefined;
  /** The cases of the parts that are open or ended, by part. */
  readonly cases: ReadonlyMap<string, CaseRecord>;
  readonly matters: PartMatters;
  readonly taken: ReadonlyMap<string, CaseRecord>;
  /** The applicant's former cases of the parts that open. */
  readonly former: FormerFilings;
  readonly calendar: CalendarLookup;
}

/**
 * Any member moves a filed one thing on: what its cases have come to is written down, and the parts whose priors were all
 * granted open together, each with the newest document of every material. A part whose prior was not granted never
 * opens. Matters are those of the day of filing: a version that ended since then still binds, as for a case under way.
 * @throws ContractError NOT_FOUND, ONE_THING_NOTHING_DUE, ONE_THING_PARTS_WRONG, ALREADY_EXISTS, CASE_NUMBER_INVALID,
 *   MATERIAL_MISSING, CALENDAR_MISSING
 */
export const advanceOneThing: Rule<'oneThing.advance', AdvanceOneThingState, OneThingCaseRecord> = (
  state,
  input,
  member,
) => {
  const { no } = input;
  const before = found(state.record, { no });
  const { code, version, applicant: department } = before;
  const { mspId } = found(state.applicant, { department });
  const template = found(state.oneThing, { code, version });
  const at = later(member.at, before.updatedAt);
  const settled = settledParts(before.parts, state.cases, at);
  const ready = readyParts(settled);
  requireNews(before, settled, ready, input);
  const { parts, records } = openParts(settled, ready, input.cases, {
    no,
    applicant: { department, mspId, by: before.submittedBy },
    given: givenOnce(before),
    materials: template.materials,
    documents: newestDocuments(template, before, state.cases),
    matters: state.matters,
    taken: state.taken,
    former: state.former,
    calendar: state.calendar,
    member,
    now: { at, today: shanghaiDate(at) },
  });
  return outcome({ ...before, parts, status: graphStatus(parts), updatedAt: at }, records, member);
};

function outcome(
  main: OneThingCaseRecord,
  also: readonly LedgerRecord[],
  member: Member,
): Outcome<OneThingCaseRecord> {
  const { code, version, no, parties, updatedAt } = main;
  const caseNos = also.flatMap((record) => (record.kind === 'case' ? [record.caseNo] : []));
  const event = eventOf('oneThing.advance', member, updatedAt);
  return { main, also, event: { ...event, code, version, no, caseNos, parties } };
}

function requireNews(
  before: OneThingCaseRecord,
  settled: readonly OneThingPart[],
  ready: readonly string[],
  input: CommandInput<'oneThing.advance'>,
): void {
  const news = settled.some((part, index) => part.status !== before.parts[index]?.status);
  if (news || ready.length > 0) return;
  const open = settled.filter(({ status }) => status === 'open').map(({ id }) => id);
  throw new ContractError('ONE_THING_NOTHING_DUE', { no: input.no, status: before.status, open });
}

/** What a part was given or supplemented since counts for the parts after it: nothing is asked twice. */
function newestDocuments(
  template: OneThingRecord,
  before: OneThingCaseRecord,
  cases: ReadonlyMap<string, CaseRecord>,
): ReadonlyMap<string, CaseRecord['form']> {
  const documents = new Map(before.materials.map((given) => [given.code, given.document]));
  for (const { code, of } of template.materials) {
    let at = '';
    for (const member of of) {
      const held = cases.get(member.node)?.materials.find((known) => known.code === member.code);
      if (held?.evidence.kind !== 'document' || held.at <= at) continue;
      at = held.at;
      documents.set(code, held.evidence.document);
    }
  }
  return documents;
}
