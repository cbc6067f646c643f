import type {
  CaseRecord,
  CaseState,
  CommandInput,
  LedgerRecord,
  OneThingCaseRecord,
  OneThingPart,
  OneThingRecord,
} from '../model';
import { closedStates, ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { eventOf, found } from './caller';
import { later, shanghaiDate } from './days';
import type { PartMatters } from './one-thing-materials';
import { openParts } from './one-thing-parts';
import type { CalendarLookup } from './working-days';

export interface AdvanceOneThingState {
  readonly record: OneThingCaseRecord | undefined;
  readonly oneThing: OneThingRecord | undefined;
  /** The cases of the parts that are open or ended, by part. */
  readonly cases: ReadonlyMap<string, CaseRecord>;
  readonly matters: PartMatters;
  readonly taken: ReadonlyMap<string, CaseRecord>;
  readonly calendar: CalendarLookup;
}

/**
 * Any member moves a filed one thing on: what its cases have come to is written down, and the parts whose priors were all
 * granted open together, each with the newest document of every material. A part whose prior was not granted never
 * opens. Matters are those of the day of filing: a version that ended since then still binds, as for a case under way.
 * @throws ContractError NOT_FOUND, ONE_THING_NOTHING_DUE, ONE_THING_PARTS_WRONG, ALREADY_EXISTS, CASE_NUMBER_INVALID,
 *   MATERIAL_MISSING, CALENDAR_MISSING
 */
export function advanceOneThing(
  state: AdvanceOneThingState,
  input: CommandInput<'oneThing.advance'>,
  member: Member,
): Outcome<OneThingCaseRecord> {
  const { no } = input;
  const before = found(state.record, { no });
  const { code, version } = before;
  const template = found(state.oneThing, { code, version });
  const at = later(member.at, before.updatedAt);
  const settled = settle(before.parts, state.cases, at);
  const ready = readyParts(settled);
  requireNews(before, settled, ready, input);
  const { parts, records } = openParts(settled, ready, input.cases, {
    no,
    applicant: { department: before.applicant, by: before.submittedBy },
    form: before.form,
    materials: template.materials,
    documents: newestDocuments(template, before, state.cases),
    matters: state.matters,
    taken: state.taken,
    calendar: state.calendar,
    member,
    now: { at, today: shanghaiDate(at) },
  });
  return outcome({ ...before, parts, status: statusOf(parts), updatedAt: at }, records, member);
}

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

const grantedStates: readonly CaseState[] = [
  'DECIDED_GRANTED',
  'COMPLETED',
  'DELIVERED',
  'ARCHIVED',
];

/** What a part's case has come to; undefined while it is under way. */
export function partOutcome(
  record: Pick<CaseRecord, 'state' | 'decision'>,
): 'granted' | 'failed' | undefined {
  const { state, decision } = record;
  if (decision?.outcome === 'granted' && grantedStates.includes(state)) return 'granted';
  const over = decision?.outcome === 'refused' || closedStates.includes(state);
  return over ? 'failed' : undefined;
}

/** Writes down the ends of open parts, then stops what waits for a part that was not granted, and what waits for that. */
function settle(
  parts: readonly OneThingPart[],
  cases: ReadonlyMap<string, CaseRecord>,
  at: string,
): OneThingPart[] {
  let settled = parts.map((part): OneThingPart => {
    const record = part.status === 'open' ? cases.get(part.id) : undefined;
    const status = record && partOutcome(record);
    return status === undefined ? part : { ...part, status, endedAt: at };
  });
  for (let more = true; more;) {
    const lost = new Set(
      settled
        .filter(({ status }) => status === 'failed' || status === 'stopped')
        .map(({ id }) => id),
    );
    more = false;
    settled = settled.map((part) => {
      if (part.status !== 'waiting' || !part.after.some((prior) => lost.has(prior))) return part;
      more = true;
      return { ...part, status: 'stopped', endedAt: at };
    });
  }
  return settled;
}

/** The waiting parts whose priors were all granted. */
export function readyParts(
  parts: readonly Pick<OneThingPart, 'id' | 'after' | 'status'>[],
): string[] {
  const granted = new Set(parts.filter(({ status }) => status === 'granted').map(({ id }) => id));
  return parts
    .filter(({ status, after }) => status === 'waiting' && after.every((id) => granted.has(id)))
    .map(({ id }) => id);
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

function statusOf(parts: readonly OneThingPart[]): OneThingCaseRecord['status'] {
  if (parts.every(({ status }) => status === 'granted')) return 'granted';
  const moving = parts.some(({ status }) => status === 'open' || status === 'waiting');
  return moving ? 'open' : 'ended';
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
