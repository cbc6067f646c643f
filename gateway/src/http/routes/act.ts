import type { actReads, ActView } from '@yici/api';
import { openActs, type Act } from '@yici/domain/acts';
import {
  cardShelf,
  commands,
  concernedByOrder,
  padded,
  refusalWords,
  role as roleSchema,
  type Language,
  type Role,
  type Words,
} from '@yici/domain/model';
import { caseParties, maySee, partiesOf, type Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { recordNotFound } from '../../errors.js';
import { matterPart } from '../../index-store/inbox-entry.js';
import type { IndexReader } from '../../index-store/reader.js';
import { indexRecords } from '../../reads/index-records.js';
import type { AppDependencies } from '../context.js';
import type { Handlers } from './read-route.js';
import { namesIn } from '../wording.js';

type Parties = (index: IndexReader, id: string) => readonly string[];

/** Whom the records of a collection concern; every member where none is named. */
const concerned: Readonly<Partial<Record<string, Parties>>> = {
  cases: caseParties,
  shares: (index, id) => partiesOf(index, 'share', id),
  'one-thing-cases': (index, id) => partiesOf(index, 'oneThingCase', id),
  cards: (index, id) => index.record('card', cardShelf(id), id)?.parties ?? [],
  orders: (index, id) => {
    const order = index.record('order', id);
    return order === undefined ? [] : concernedByOrder(order);
  },
  attestations: (index, id) => {
    const found = index.record('attestation', id);
    if (found === undefined) return [];
    return [found.issuer, found.requester, ...caseParties(index, found.caseNo)];
  },
  'duty-rulings': (index, id) => {
    const found = index.record('dutyRuling', id);
    if (found === undefined) return [];
    const decides = found.proposal === undefined ? [] : [found.proposal.decides];
    return [found.office, ...decides, ...caseParties(index, found.caseNo)];
  },
};

/** The collection is the first word of the path after the version; the key is what else the path names. */
const collectionOf = (path: string): string => path.split('/')[2] ?? '';

interface ActsContext {
  readonly deps: AppDependencies;
  readonly viewer: Viewer;
  readonly caller: Caller;
  readonly read: { readonly path: string };
  readonly params: Readonly<Record<string, string | number>>;
}

/** @throws GatewayError RECORD_NOT_FOUND, also for what the caller may not see */
async function acts({ deps, viewer, caller, read, params }: ActsContext) {
  const collection = collectionOf(read.path);
  const key = Object.values(params).map(String);
  const parties = concerned[collection]?.(deps.index, key[0] ?? '');
  const sees = maySee(viewer, parties ?? null) || (collection === 'shares' && viewer.leads);
  const found = sees ? await askedFor(deps, caller, collection, key) : undefined;
  if (found === undefined) throw recordNotFound(collection, key);
  return {
    id: key.join('/'),
    parties: [...(parties ?? [])],
    acts: found.map((act) => viewOf(act, deps.index)),
  };
}

function askedFor(
  { index, facts, now }: AppDependencies,
  caller: Caller,
  collection: string,
  key: readonly string[],
): Promise<readonly Act[] | undefined> {
  const { mspId, user } = caller;
  const at = now().toISOString();
  const asking = {
    store: indexRecords(index),
    channel: facts.channel,
    caller: { mspId, user, role: roleOf(caller), at, txId: '' },
  };
  return openActs(asking, collection, key);
}

/** As the contracts read a certificate: its role, or that of an administrator's node OU. Others are refused as gateways are. */
function roleOf({ role, admin }: Caller): Role {
  return roleSchema.safeParse(role).data ?? (admin ? 'admin' : 'gateway');
}

function viewOf({ command, input, refusal }: Act, index: IndexReader): ActView {
  const { summary } = commands[command];
  const open = refusal === undefined;
  const act = { command, summary, input, ...namesOf(input, index), open };
  if (open) return act;
  const said = (language: Language) =>
    refusalWords(refusal, language, namesIn(language, index))?.sentence ?? refusal.code;
  const sentence = { zh: said('zh'), en: said('en') };
  return { ...act, refusal: { ...refusal, sentence } };
}

/** What the ledger calls the data set, and the case's matter the step, that an act is about. */
function namesOf(input: Act['input'], index: IndexReader): Pick<ActView, 'names'> {
  const names = Object.entries(partNames).flatMap(([field, nameOf]) => {
    const name = nameOf(input, index);
    return name === undefined ? [] : [[field, name] as const];
  });
  return names.length === 0 ? {} : { names: Object.fromEntries(names) };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

type NameOf = (input: Act['input'], index: IndexReader) => Words | undefined;

const partNames: Readonly<Record<string, NameOf>> = {
  datasetId: ({ datasetId }, index) => index.record('dataset', text(datasetId))?.name,
  stepId: ({ caseNo, stepId }, index) => {
    const found = index.caseRow(text(caseNo));
    const matter = found && index.record('matter', found.taskCode, padded(found.matterVersion));
    return matterPart(matter?.content, text(stepId)).stepName;
  },
};

export const actHandlers: Handlers<typeof actReads> = {
  'departments.acts': acts,
  'calendars.acts': acts,
  'duties.acts': acts,
  'dutyOverlaps.acts': acts,
  'datasets.acts': acts,
  'dataTopics.acts': acts,
  'shares.acts': acts,
  'attestations.acts': acts,
  'matters.acts': acts,
  'cases.acts': acts,
  'dutyRulings.acts': acts,
  'oneThings.acts': acts,
  'oneThingCases.acts': acts,
  'delegations.acts': acts,
  'reforms.acts': acts,
  'cards.acts': acts,
  'orders.acts': acts,
  'appKeys.acts': acts,
};
