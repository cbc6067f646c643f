import { caseClocks } from '../case/clocks/clocks';
import { lateActs } from '../case/clocks/lateness';
import type { CaseRecord } from '../case/records';
import type { CommandName } from '../kernel/commands';
import { cardColours } from '../kernel/clock-kinds';
import { padded } from '../kernel/keys';
import type { RecordStore } from '../kernel/store';
import { readyParts } from '../one-thing/graph';
import { suspensionGrounds } from '../sharing/records';
import { cardShelf } from '../supervision/card-id';
import {
  watchedOfChallenge,
  watchedOfDataset,
  watchedOfEntryReview,
  watchedOfLateUpdate,
  watchedOfReview,
  watchedOfRuling,
  watchedOfShare,
  type WatchedClock,
} from '../supervision/other-clocks';

/** Fields of an act's input that follow from the record that it is about, by their names in the command. */
export type Known = Readonly<Record<string, unknown>>;

/** How the acts on one kind of record are asked for. */
export interface ActsOn {
  /** The key of the record, in the order of its attributes. */
  readonly key: readonly string[];
  /** Fields of an input that name the record; a command of the resource that has one of them acts on it. */
  readonly names: readonly string[];
  /** Fields that name a part of it, which it may have none of. */
  readonly parts?: readonly string[];
  /** What else acts on the record or begins something about it. */
  readonly also?: readonly CommandName[];
  /**
   * What the record gives of inputs: the fields that name it, then one for each part that an act can be about. Undefined
   * where there is no such record.
   */
  readonly known: (
    store: RecordStore,
    key: readonly string[],
  ) => Promise<readonly Known[] | undefined>;
}

/** What a sample has to be for the rule to look further than at a list of its own. */
export const samples: Readonly<Partial<Record<CommandName, Known>>> = {
  'sharing.suspend': { ground: suspensionGrounds[0] },
};

/** Fields by which a command names what it makes: what the record has of them is not it. */
export const namedAnew: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  'case.issueLicence': ['identifier'],
  'sharing.challenge': ['challengeId'],
  'sharing.dispute': ['disputeId'],
  // What a card is about has the same name.
  'sharing.proposeChange': ['what'],
};

/** By the collection that the commands act on, as in their paths. */
export const actsOn: Readonly<Record<string, ActsOn>> = {
  departments: {
    ...{ key: ['id'], names: ['id', 'department'], also: ['department.update'] },
    parts: ['functions'],
    known: async (store, [id = '']) => {
      const claims = (await store.get('department', id))?.claims;
      const claimed = claims?.map((claim) => ({ id, functions: [claim.function] }));
      return claimed && [{ id, department: id }, ...claimed];
    },
  },
  calendars: {
    ...{ key: ['year'], names: ['year'] },
    known: async (store, [year = '']) => {
      const versions = await store.all('calendarVersion', [year]);
      return versions.map(({ year: of, version, contentDigest }) => ({
        ...{ year: of, version, contentDigest },
      }));
    },
  },
  duties: {
    ...{ key: ['department', 'code'], names: ['code'] },
    known: async (store, [department = '', code = '']) => {
      const found = await store.get('duty', department, code);
      return found && [{ department, code, version: found.version }];
    },
  },
  'duty-overlaps': {
    ...{ key: ['topic'], names: ['topic'], also: ['duty.proposeOverlap', 'duty.resolveOverlap'] },
    known: async (store, [topic = '']) => {
      const rounds = await store.all('dutyOverlap', [topic]);
      return rounds.slice(-1).map(({ round }) => ({ topic, round }));
    },
  },
  datasets: {
    ...{ key: ['datasetId'], names: ['datasetId'], also: ['sharing.request', 'card.raiseOther'] },
    known: knownOfDataset,
  },
  'data-topics': {
    ...{ key: ['topic'], names: ['topic'], also: ['dataset.nameSource'] },
    known: async (store, [topic = '']) => {
      const found = await store.get('dataTopic', topic);
      const sources = new Set(found?.claims.map(({ department }) => department));
      return found && [{ topic }, ...[...sources].map((source) => ({ topic, source }))];
    },
  },
  shares: {
    ...{ key: ['shareId'], names: ['shareId'], also: ['card.raiseOther'] },
    parts: ['challengeId', 'disputeId', 'seq', 'reformId'],
    known: knownOfShare,
  },
  attestations: {
    ...{ key: ['attestationId'], names: ['attestationId'] },
    known: async (store, [attestationId = '']) =>
      (await store.get('attestation', attestationId)) && [{ attestationId }],
  },
  matters: {
    ...{ key: ['taskCode'], names: ['taskCode'], also: ['case.submit', 'card.raiseOther'] },
    known: knownOfMatter,
  },
  cases: {
    ...{ key: ['caseNo'], names: ['caseNo'] },
    parts: ['stepId', 'no', 'year', 'identifier', 'reformId', 'datasetId', 'what'],
    also: [
      ...(['attestation.issue', 'card.raise', 'urge.send', 'order.issue'] as const),
      ...(['evaluation.give', 'evaluation.answer', 'evaluation.followUp'] as const),
    ],
    known: knownOfCase,
  },
  'duty-rulings': {
    ...{ key: ['rulingId'], names: ['rulingId'], also: ['card.raiseOther'] },
    known: async (store, [rulingId = '']) => {
      const found = await store.get('dutyRuling', rulingId);
      return found && [{ rulingId }, ...cards(watchedOfRuling(found), { rulingId })];
    },
  },
  'one-things': {
    ...{ key: ['code'], names: ['code'], also: ['oneThing.submit'] },
    known: async (store, [code = '']) => {
      const versions = await store.all('oneThing', [code]);
      return versions.map(({ version, contentDigest }) => ({ code, version, contentDigest }));
    },
  },
  'one-thing-cases': {
    ...{ key: ['no'], names: ['no'] },
    known: async (store, [no = '']) => {
      const parts = (await store.get('oneThingCase', no))?.parts;
      // The numbers of the cases are the gateway's to give.
      const cases = parts && readyParts(parts).map((node) => ({ node, caseNo: node }));
      return cases && [{ no, cases }];
    },
  },
  delegations: {
    ...{ key: ['delegationId'], names: ['delegationId'] },
    known: async (store, [delegationId = '']) =>
      (await store.get('delegation', delegationId)) && [{ delegationId }],
  },
  reforms: {
    ...{ key: ['reformId'], names: ['reformId'] },
    known: async (store, [reformId = '']) =>
      (await store.get('reform', reformId)) && [{ reformId }],
  },
  cards: {
    ...{ key: ['cardId'], names: ['cardId'] },
    known: async (store, [cardId = '']) =>
      (await store.get('card', cardShelf(cardId), cardId)) && [{ cardId }],
  },
  orders: {
    ...{ key: ['orderId'], names: ['orderId'] },
    known: async (store, [orderId = '']) => (await store.get('order', orderId)) && [{ orderId }],
  },
  'app-keys': {
    ...{ key: ['department', 'keyId'], names: ['keyId'] },
    known: async (store, [department = '', keyId = '']) =>
      (await store.get('appKey', department, keyId)) && [{ keyId }],
  },
};

type Asked = Parameters<ActsOn['known']>;

async function knownOfCase(...[store, [caseNo = '']]: Asked): Promise<Known[] | undefined> {
  const record = await store.get('case', caseNo);
  if (record === undefined) return undefined;
  const { parties, taskCode, matterVersion, owner: requester, licences = [] } = record;
  const matter = await store.get('matter', taskCode, padded(matterVersion));
  const sources = matter?.content.materials.flatMap(({ datasetId }) => datasetId ?? []) ?? [];
  return [
    { caseNo },
    ...partsOfCase(record).map((part) => ({ caseNo, ...part })),
    ...licences.map(({ identifier }) => ({ caseNo, identifier })),
    ...(await newestActs(store, record)).map((seq) => ({ caseNo, seq })),
    ...parties.map((department) => ({ caseNo, department })),
    ...(await reformsOf(store, parties)).map((reformId) => ({ caseNo, reformId })),
    ...[...new Set(sources)].map((datasetId) => ({ caseNo, datasetId, requester })),
  ];
}

/** Steps, special procedures, calendars, and what a card can be about. */
function partsOfCase(record: CaseRecord): Known[] {
  const { steps, pauses = [], calendars } = record;
  const clocks = [...caseClocks(record), ...lateActs(record).map(({ clock }) => clock)];
  return [
    ...steps.map(({ id: stepId }) => ({ stepId })),
    ...pauses.map(({ no }) => ({ no })),
    ...calendars.map(({ year }) => ({ year })),
    ...cards(clocks.map((clock) => ({ clock }))),
  ];
}

/** The newest event of each department: what it could have to correct. */
async function newestActs(
  store: RecordStore,
  { caseNo, nextSeq }: CaseRecord,
): Promise<readonly number[]> {
  const newest = new Map<string, number>();
  for (let seq = 0; seq < nextSeq; seq += 1) {
    const event = await store.get('caseEvent', caseNo, padded(seq));
    if (event !== undefined) newest.set(event.by.department, seq);
  }
  return [...newest.values()];
}

/** A card of each colour for every clock; each once, whatever it is known by. */
function cards(
  watched: readonly { readonly clock: { readonly what: string; readonly step?: string } }[],
  about: Known = {},
): Known[] {
  return watched.flatMap(({ clock: { what, step } }) =>
    cardColours.map((colour) => ({
      ...{ ...about, what, colour },
      ...(step === undefined ? {} : { step }),
    })),
  );
}

/** Reorganisations that took something from these departments. */
async function reformsOf(store: RecordStore, departments: readonly string[]): Promise<string[]> {
  const all = await Promise.all(departments.map((id) => store.get('department', id)));
  const left = all.flatMap((found) => found?.left ?? []);
  return [...new Set(left.map(({ reformId }) => reformId))];
}

async function knownOfShare(...[store, [shareId = '']]: Asked): Promise<Known[] | undefined> {
  const share = await store.get('share', shareId);
  if (share === undefined) return undefined;
  const { proposedReply, serviceChange, parties } = share;
  const grant = await store.get('shareGrant', shareId);
  const challenges = await store.all('challenge', [shareId]);
  const disputes = await store.all('dispute', [shareId]);
  const worded = [proposedReply, serviceChange].flatMap((one) => one?.seq ?? []);
  const parts: Known[] = [
    ...challenges.map(({ challengeId }) => ({ challengeId })),
    ...disputes.map(({ disputeId }) => ({ disputeId })),
    ...worded.map((seq) => ({ seq })),
    ...(await reformsOf(store, parties)).map((reformId) => ({ reformId })),
    ...cards(watchedOfShare(share, grant)),
    ...challenges.flatMap((one) =>
      cards(watchedOfChallenge(one), { challengeId: one.challengeId }),
    ),
  ];
  return [{ shareId }, ...parts.map((part) => ({ shareId, ...part }))];
}

async function knownOfDataset(...[store, [datasetId = '']]: Asked): Promise<Known[] | undefined> {
  const dataset = await store.get('dataset', datasetId);
  if (dataset === undefined) return undefined;
  const versions = await store.all('datasetVersion', [datasetId]);
  const lead = (await store.get('functionHolder', 'leadAuthority'))?.department ?? '';
  const ofVersion = versions.flatMap((one): WatchedClock[] => [
    ...watchedOfLateUpdate(one),
    ...watchedOfEntryReview(one, lead),
  ]);
  return [
    { datasetId },
    ...versions.map(({ version, contentDigest }) => ({ datasetId, version, contentDigest })),
    ...cards(watchedOfDataset(dataset), { datasetId }),
    ...versions.flatMap(({ version }) => cards(ofVersion, { datasetId, version })),
  ];
}

async function knownOfMatter(...[store, [taskCode = '']]: Asked): Promise<Known[] | undefined> {
  const head = await store.get('matterHead', taskCode);
  if (head === undefined) return undefined;
  const versions = await store.all('matter', [taskCode]);
  const reviews = await store.all('review', [taskCode]);
  return [
    { taskCode },
    ...versions.map(({ version, contentDigest }) => ({
      ...{ taskCode, version, contentDigest, matterVersion: version },
    })),
    ...reviews.map(({ version, dutyVersion }) => ({ taskCode, version, dutyVersion })),
    ...reviews.flatMap((review) => {
      const { version, dutyVersion } = review;
      return watchedOfReview(review).flatMap(({ clock: { what, step: side } }) =>
        cards([{ clock: { what } }], { taskCode, version, dutyVersion, side }),
      );
    }),
  ];
}
