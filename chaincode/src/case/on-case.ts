import type { AttestationRecord } from '../attestation/records';
import { withCalendars } from '../calendar/load';
import type { Rule } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { applied, type CommandHandler } from '../kernel/handler';
import { padded } from '../kernel/keys';
import type { RecordKey, RecordStore } from '../kernel/store';
import type { HandlingState } from './acceptance';
import { contestedDatasets, type Sources } from './contest';
import type { Attestations } from './materials';
import type { CaseRecord } from './records';
import type { TimedState } from './special-procedure';

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
      return withCalendars(store, record?.calendars ?? [], (calendar) =>
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
      const handled = await loadHandling(store, command.caseNo, attested, withHeld);
      const contested = 'contested' in command ? command.contested : undefined;
      const datasets = contestedDatasets(handled.matter?.content, contested);
      const state = { ...handled, sources: await loadSources(store, datasets) };
      return withCalendars(store, state.case?.calendars ?? [], (calendar) =>
        rule({ ...state, calendar }, command, member),
      );
    },
  };
}

type Attested = readonly { readonly attestationId: string }[];

/** A case, the matter it was filed against, and the attestations that the command and, if asked, the case name. */
async function loadHandling(
  store: RecordStore,
  caseNo: string,
  attested: Attested,
  withHeld: boolean,
): Promise<Omit<HandlingState, 'calendar' | 'sources'>> {
  const record = await store.get('case', caseNo);
  if (record === undefined) return { case: undefined, matter: undefined, attestations: new Map() };
  const matter = await store.get('matter', record.taskCode, padded(record.matterVersion));
  const ids = attested.map(({ attestationId }) => attestationId);
  const attestations = await loadAttestations(store, withHeld ? [...ids, ...heldIn(record)] : ids);
  return { case: record, matter, attestations };
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
