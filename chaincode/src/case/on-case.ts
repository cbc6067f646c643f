import type { AttestationRecord } from '../attestation/records';
import { withCalendars } from '../calendar/load';
import type { CalendarLookup } from '../calendar/working-days';
import type { Member, Rule } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { applied, type CommandHandler } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordKey, RecordStore } from '../kernel/store';
import type { HandlingState } from './acceptance/acceptance';
import { contestedDatasets, type Sources } from './filing/contest';
import type { Attestations, Given } from './filing/materials';
import type { CaseRecord } from './records';
import type { TimedState } from './procedures/special-procedure';

type CaseCommand = Extract<CommandName, `case.${string}`>;

const reads = ({ caseNo }: { readonly caseNo: string }): readonly RecordKey[] => [['case', caseNo]];

/** A rule that looks at nothing but the case. */
export function onCase<N extends CaseCommand>(
  rule: Rule<N, { readonly case: CaseRecord | undefined }>,
): CommandHandler<N> {
  return {
    reads,
    ...applied(rule, async (store, { caseNo }) => ({ case: await store.get('case', caseNo) })),
  };
}

/** A rule that looks at the case and counts working days. */
export function timedOnCase<N extends CaseCommand>(rule: Rule<N, TimedState>): CommandHandler<N> {
  return {
    reads,
    run: async (command, member, store) => {
      const record = await store.get('case', command.caseNo);
      return withCaseCalendars(store, record, member, (calendar) =>
        rule({ case: record, calendar }, command, member),
      );
    },
  };
}

/**
 * A rule that looks at the case, its matter, calendars, and the attestations that the command names; `withHeld`, those too
 * that the case holds.
 */
export function onHandledCase<N extends CaseCommand>(
  rule: Rule<N, HandlingState>,
  { withHeld = false } = {},
): CommandHandler<N> {
  return {
    reads,
    run: async (command, member, store) => {
      const attested = 'attested' in command ? (command.attested ?? []) : [];
      const contested = 'contested' in command ? command.contested : undefined;
      const run = (state: HandlingState) => rule(state, command, member);
      const named = { attested, contested, withHeld };
      return withHandledCase(store, command.caseNo, member, run, named);
    },
  };
}

/**
 * With the calendars that a case has counted with, the plain week of a year that was not declared included: `case.recount`
 * moves its dates.
 */
export function withCaseCalendars<T>(
  store: RecordStore,
  record: CaseRecord | undefined,
  member: Member,
  run: (calendar: CalendarLookup) => T,
): Promise<T> {
  return withCalendars(store, member, run, { pinned: record?.calendars ?? [] });
}

/** What a command names beside the case; `withHeld`, also the attestations that the case holds. */
interface Named {
  readonly attested?: readonly { readonly attestationId: string }[];
  readonly contested?: Given['contested'];
  readonly withHeld?: boolean;
}

/** With a case, its matter, calendars, attestations, and the sources of data that are contested. */
export async function withHandledCase<T>(
  store: RecordStore,
  caseNo: string,
  member: Member,
  run: (state: HandlingState) => T,
  named: Named = {},
): Promise<T> {
  const state = await loadHandling(store, caseNo, named);
  return withCaseCalendars(store, state.case, member, (calendar) => run({ ...state, calendar }));
}

async function loadHandling(
  store: RecordStore,
  caseNo: string,
  { attested = [], contested, withHeld = false }: Named,
): Promise<Omit<HandlingState, 'calendar'>> {
  const record = await store.get('case', caseNo);
  if (record === undefined) {
    return { case: undefined, matter: undefined, attestations: new Map(), sources: new Map() };
  }
  const matter = await store.get('matter', record.taskCode, padded(record.matterVersion));
  const ids = attested.map(({ attestationId }) => attestationId);
  const attestations = await loadAttestations(store, withHeld ? [...ids, ...heldIn(record)] : ids);
  const sources = await loadSources(store, contestedDatasets(matter?.content, contested));
  return { case: record, matter, attestations, sources };
}

/** The departments whose data these data sets are. */
export async function loadSources(
  store: RecordStore,
  datasets: readonly string[],
): Promise<Sources> {
  const sources = new Map<string, string>();
  for (const datasetId of new Set(datasets)) {
    const dataset = await store.get('dataset', datasetId);
    if (dataset !== undefined) sources.set(datasetId, dataset.sourceDepartment);
  }
  return sources;
}

function heldIn(record: CaseRecord): string[] {
  return record.materials.flatMap(({ evidence }) =>
    evidence.kind === 'attestation' ? [evidence.attestationId] : [],
  );
}

async function loadAttestations(store: RecordStore, ids: readonly string[]): Promise<Attestations> {
  const found = new Map<string, AttestationRecord>();
  for (const id of new Set(ids)) {
    const attestation = await store.get('attestation', id);
    if (attestation !== undefined) found.set(id, attestation);
  }
  return found;
}
