import { declaredOf, withCalendars } from '../calendar/load';
import type { FormerFilingRecord, FormerFilings } from '../case/filing/former-filing';
import type { CaseRecord } from '../case/records';
import { found, type Member } from '../kernel/caller';
import type { CommandInput } from '../kernel/commands';
import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { holderNow } from '../kernel/holder-now';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { newestVersions, versionOf, versionToShow } from '../kernel/load-versions';
import type { MatterRecord } from '../matter/records';
import { advanceOneThing } from './advance';
import { draftOneThing } from './draft';
import {
  cosignOneThing,
  publishOneThing,
  recordOneThingConsultation,
  retireOneThing,
} from './publish';
import type { OneThingNode, OneThingPart } from './records';
import { submitOneThing } from './submit';

export const commandHandlers: CommandHandlers<'oneThing'> = {
  'oneThing.draft': {
    run: async (command, member, store) => {
      const head = await store.get('oneThingHead', command.code);
      return draftOneThing(
        {
          head,
          lead: await leadNow(store, head, member),
          ...(await newestVersions(store, 'oneThing', command.code, head)),
          matters: await loadMatters(store, command.nodes),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
        },
        command,
        member,
      );
    },
  },
  'oneThing.cosign': applied(cosignOneThing, async (store, command) => ({
    oneThing: await versionOf(store, 'oneThing', command.code, command.version),
  })),
  'oneThing.recordConsultation': applied(recordOneThingConsultation, loadLed),
  'oneThing.publish': {
    run: async (command, member, store) => {
      const head = await store.get('oneThingHead', command.code);
      const versions = await store.all('oneThing', [command.code]);
      const oneThing = versions.find(({ version }) => version === command.version);
      return publishOneThing(
        {
          head,
          oneThing,
          lead: await leadNow(store, oneThing, member),
          versions,
          matters: await loadMatters(store, oneThing?.content.nodes ?? []),
        },
        command,
        member,
      );
    },
  },
  'oneThing.retire': applied(retireOneThing, loadLed),
  'oneThing.submit': {
    run: async (command, member, store) => {
      const oneThing = await versionOf(store, 'oneThing', command.code, command.version);
      const state = {
        existing: await store.get('oneThingCase', command.no),
        oneThing,
        matters: await loadMatters(store, oneThing?.content.nodes ?? []),
        taken: await loadTaken(store, command.cases),
        former: await loadFormer(
          store,
          openedNodes(oneThing?.content.nodes ?? [], command),
          member.mspId,
        ),
      };
      return withCalendars(store, member, (calendar) =>
        submitOneThing({ ...state, calendar }, command, member),
      );
    },
  },
  'oneThing.advance': {
    run: async (command, member, store) => {
      const record = await store.get('oneThingCase', command.no);
      const parts = record?.parts ?? [];
      const opened = openedNodes(parts, command);
      const applicant = record && (await store.get('department', record.applicant));
      const state = {
        record,
        applicant,
        oneThing: record && (await versionOf(store, 'oneThing', record.code, record.version)),
        cases: await loadCases(store, parts),
        matters: await loadMatters(store, opened),
        taken: await loadTaken(store, command.cases),
        former: await loadFormer(store, opened, applicant?.mspId),
      };
      return withCalendars(
        store,
        member,
        (calendar) => advanceOneThing({ ...state, calendar }, command, member),
        { pinned: declaredOf(record?.calendars) },
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'oneThing'> = {
  'oneThing.get': {
    answer: async ({ code, version }, store) =>
      found(await versionToShow(store, 'oneThing', code, version), { code }),
  },
  'oneThing.list': { answer: pages('oneThing', 'code') },
  'oneThing.case': {
    answer: one('oneThingCase', 'no'),
    concern: ({ no }, { parties }) => ({ ids: { no }, departments: parties }),
  },
};

type Pinned = Pick<OneThingNode, 'id' | 'taskCode' | 'matterVersion'>;

/** The parts that a command gives case numbers to. */
function openedNodes<N extends Pinned>(
  nodes: readonly N[],
  { cases }: Pick<CommandInput<'oneThing.submit'>, 'cases'>,
): readonly N[] {
  const named = new Set(cases.map(({ node }) => node));
  return nodes.filter(({ id }) => named.has(id));
}

async function loadLed(
  store: RecordStore,
  { code, version }: { readonly code: string; readonly version: number },
  member: Member,
) {
  const oneThing = await versionOf(store, 'oneThing', code, version);
  return { oneThing, lead: await leadNow(store, oneThing, member) };
}

async function leadNow(
  store: RecordStore,
  led: { readonly lead: string } | undefined,
  member: Member,
): Promise<string | undefined> {
  return led && holderNow(store, led.lead, { of: 'everything' }, member);
}

/** An applicant's former cases of these parts' matters that ended without a decision. */
async function loadFormer(
  store: RecordStore,
  nodes: readonly Pinned[],
  mspId: string | undefined,
): Promise<FormerFilings> {
  const former = new Map<string, FormerFilingRecord>();
  if (mspId === undefined) return former;
  for (const { taskCode } of nodes) {
    const filing = await store.get('formerFiling', taskCode, mspId);
    if (filing !== undefined) former.set(taskCode, filing);
  }
  return former;
}

async function loadMatters(
  store: RecordStore,
  nodes: readonly Pinned[],
): Promise<ReadonlyMap<string, MatterRecord>> {
  const matters = new Map<string, MatterRecord>();
  for (const { id, taskCode, matterVersion } of nodes) {
    const matter = await store.get('matter', taskCode, padded(matterVersion));
    if (matter !== undefined) matters.set(id, matter);
  }
  return matters;
}

/** The cases of the parts that have one; an ended part's documents still count for those after it. */
async function loadCases(
  store: RecordStore,
  parts: readonly OneThingPart[],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const cases = new Map<string, CaseRecord>();
  for (const { id, caseNo } of parts) {
    const record = caseNo === undefined ? undefined : await store.get('case', caseNo);
    if (record !== undefined) cases.set(id, record);
  }
  return cases;
}

async function loadTaken(
  store: RecordStore,
  cases: readonly { readonly caseNo: string }[],
): Promise<ReadonlyMap<string, CaseRecord>> {
  const taken = new Map<string, CaseRecord>();
  for (const { caseNo } of cases) {
    const record = await store.get('case', caseNo);
    if (record !== undefined) taken.set(caseNo, record);
  }
  return taken;
}
