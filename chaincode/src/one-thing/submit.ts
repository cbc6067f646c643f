import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import { requireNoneMissing } from '../case/filing/materials';
import type { FormerFilings } from '../case/filing/former-filing';
import { ownApplication } from '../case/filing/own-application';
import type { CaseRecord } from '../case/records';
import { applying, checkNumber, filable } from '../case/filing/submit';
import type { CommandInput } from '../kernel/commands';
import { absent, actorOf, eventOf, found, type Member, type Rule } from '../kernel/caller';
import { nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { periodOf } from '../kernel/versioned';
import { readyParts } from './graph';
import type { PartMatters } from './materials';
import { givenOnce, openParts, type OpenedParts } from './parts';
import type { OneThingCaseRecord, OneThingPart, OneThingRecord } from './records';

export interface SubmitOneThingState {
  readonly existing: OneThingCaseRecord | undefined;
  readonly oneThing: OneThingRecord | undefined;
  readonly matters: PartMatters;
  readonly taken: ReadonlyMap<string, CaseRecord>;
  /** The applicant's former cases of the parts that open. */
  readonly former: FormerFilings;
  readonly calendar: CalendarLookup;
}

/**
 * An applicant department files a one thing: one form and one material set, once (Zhejiang regulation art 2, 7). Every
 * part's matter must be in force today (R1); the parts without priors open at once, all from the same instant.
 * @throws ContractError ALREADY_EXISTS, NOT_FOUND, ONE_THING_NOT_IN_FORCE, CASE_NUMBER_INVALID, MATTER_NOT_PUBLISHED,
 *   MATTER_NOT_EFFECTIVE, OWN_MATTER, MATERIAL_UNKNOWN, MATERIAL_MISSING, ONE_THING_PARTS_WRONG, CALENDAR_MISSING
 */
export const submitOneThing: Rule<'oneThing.submit', SubmitOneThingState, OneThingCaseRecord> = (
  state,
  input,
  member,
) => {
  const { no, code, version } = input;
  absent(state.existing, { no });
  const now = nowFor(member);
  const template = inForce(state.oneThing, input, now);
  for (const { id, ...node } of template.content.nodes) {
    ownApplication(filable(state.matters.get(id), node, now), member.department);
  }
  checkNumber(no, code, now);
  checkMaterials(template, input);
  const { parts, records } = firstParts(state, template, input, member, now);
  const main = filedRecord(template, input, { member, now, parts }, state.calendar);
  return {
    main,
    also: records,
    event: {
      ...eventOf('oneThing.submit', member, now.at),
      code,
      version,
      no,
      caseNos: input.cases.map(({ caseNo }) => caseNo),
      parties: main.parties,
    },
  };
};

function firstParts(
  state: SubmitOneThingState,
  template: OneThingRecord,
  input: CommandInput<'oneThing.submit'>,
  member: Member,
  now: Now,
): OpenedParts {
  const parts = template.content.nodes.map((node): OneThingPart => ({
    ...node,
    status: 'waiting',
  }));
  return openParts(parts, readyParts(parts), input.cases, {
    no: input.no,
    applicant: applying(member),
    given: givenOnce(input),
    materials: template.materials,
    documents: new Map(input.materials.map((given) => [given.code, given.document])),
    matters: state.matters,
    taken: state.taken,
    former: state.former,
    calendar: state.calendar,
    member,
    now,
  });
}

interface Filed {
  readonly member: Member;
  readonly now: Now;
  readonly parts: OneThingPart[];
}

function filedRecord(
  template: OneThingRecord,
  input: CommandInput<'oneThing.submit'>,
  { member, now, parts }: Filed,
  calendar: CalendarLookup,
): OneThingCaseRecord {
  const { no, materials } = input;
  const { code, version, contentDigest, lead, departments, content } = template;
  const counter = createWorkingDayCounter(calendar);
  return {
    kind: 'oneThingCase',
    v: 1,
    no,
    code,
    version,
    contentDigest,
    applicant: member.department,
    lead,
    parties: [...new Set([member.department, ...departments])].sort(),
    ...givenOnce(input),
    materials,
    parts,
    status: 'open',
    submittedBy: actorOf(member),
    submittedAt: now.at,
    dueOn: counter.add(now.today, content.promisedLimit.value),
    calendars: counter.used(),
    updatedAt: now.at,
  };
}

function inForce(
  record: OneThingRecord | undefined,
  { code, version }: CommandInput<'oneThing.submit'>,
  now: Now,
): OneThingRecord {
  const template = found(record, { code, version });
  const { status } = template;
  const { effectiveFrom, effectiveTo = now.today } = periodOf(template);
  if (status !== 'published' || now.today < effectiveFrom || now.today > effectiveTo) {
    const period = { effectiveFrom, effectiveTo, today: now.today };
    throw new ContractError('ONE_THING_NOT_IN_FORCE', { code, version, state: status, ...period });
  }
  return template;
}

function checkMaterials(template: OneThingRecord, input: CommandInput<'oneThing.submit'>): void {
  const known = new Set(template.materials.map(({ code }) => code));
  const given = new Set(input.materials.map(({ code }) => code));
  for (const code of given) {
    if (!known.has(code)) throw new ContractError('MATERIAL_UNKNOWN', { code });
  }
  const needed = template.materials.filter(({ required, mayFollow }) => required && !mayFollow);
  requireNoneMissing(needed.map(({ code }) => code).filter((code) => !given.has(code)));
}
