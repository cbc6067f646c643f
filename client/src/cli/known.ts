import {
  businessLinesIn,
  cardColourWords,
  caseStateWords,
  roleWords,
  type DatasetContent,
} from '@yici/domain/model';
import { collected } from '../api/ask.js';
import type { Caller } from './caller.js';
import type { Offered } from './form/offered.js';
import { namesOf } from './names-of-case.js';

/** What can be given in a place: as it is sent, and what it is called. */
export interface Known {
  readonly value: string;
  readonly name: string;
}

/** What was given before on the line: ids that later ones depend on. */
type Given = readonly string[];
type Source = (caller: Caller, given: Given) => Promise<readonly (readonly [string, string?])[]>;

/** Newest first, as many as a screen has. */
const limit = 50;
const all = { limit: 200 };

/** What the ledger has of each kind; steps and materials are those of the case that is named, fields those of the data set. */
const sources: Readonly<Record<Offered, Source>> = {
  department: async ({ client, say }) =>
    (await collected(client.list('departments.list', all))).map(({ id, name }) => [id, say(name)]),
  dataset: async ({ client, say }) =>
    (await collected(client.list('datasets.list', all))).map(({ datasetId, name }) => [
      datasetId,
      say(name),
    ]),
  matter: async ({ client, say }) =>
    (await collected(client.list('matters.list', all))).map(({ taskCode, content }) => [
      taskCode,
      say(content.name),
    ]),
  oneThing: async ({ client, say }) =>
    (await collected(client.list('oneThings.list', all))).map(({ code, content }) => [
      code,
      say(content.name),
    ]),
  filedOneThing: async ({ client }) =>
    (await client.read('oneThingCases.list', { limit })).items.map(({ no }) => [no]),
  case: async ({ client, say }) =>
    (await client.read('cases.list', { limit })).items.map(({ caseNo, matterName, state }) => [
      caseNo,
      say.facts([matterName ?? '', say.member(caseStateWords, state)]),
    ]),
  share: async ({ client, say }) =>
    (await client.read('shares.list', { limit })).items.map(({ shareId, datasetId }) => [
      shareId,
      say.nameOf('dataset', datasetId),
    ]),
  attestation: async ({ client, say }) =>
    (await client.read('attestations.list', { limit })).items.map((one) => [
      one.attestationId,
      say.nameOf('dataset', one.datasetId),
    ]),
  card: async ({ client, say }) =>
    (await client.read('cards.list', { limit })).items.map(({ cardId, colour, department }) => [
      cardId,
      cardName(say(cardColourWords[colour]), department, say),
    ]),
  order: async ({ client, say }) =>
    (await client.read('orders.list', { limit })).items.map(({ orderId, subject, department }) => [
      orderId,
      say.aside(subject, say.nameOf('department', department)),
    ]),
  ruling: async ({ client }) =>
    (await client.read('dutyRulings.list', { limit })).items.map(({ rulingId }) => [rulingId]),
  delegation: async ({ client }) =>
    (await client.read('delegations.list', { limit })).items.map(({ delegationId, from, to }) => [
      delegationId,
      `${from} → ${to}`,
    ]),
  reform: async ({ client }) =>
    (await client.read('reforms.list', { limit })).items.map(({ reformId }) => [reformId]),
  person: async ({ client, say }) =>
    (await collected(client.list('delegations.candidates', all))).map(({ user, role }) => [
      user,
      say.member(roleWords, role),
    ]),
  duty: async ({ client, say }) =>
    (await collected(client.list('duties.list', all))).map(({ department, code, title }) => [
      code,
      say.facts([say.nameOf('department', department), title]),
    ]),
  businessLine: async ({ client }) =>
    businessLinesIn(await collected(client.list('matters.list', all))).map((line) => [line]),
  topic: async ({ client }) =>
    (await collected(client.list('dataTopics.list', all))).map(({ topic }) => [topic]),
  step: async ({ client, session, say }, [caseNo = '']) => {
    const record = await client.read('cases.get', { caseNo });
    const { steps } = record;
    const named = say.knowing(await namesOf(client, record));
    const own = steps.filter(({ department }) => department === session.department?.id);
    return (own.length > 0 ? own : steps).map(({ id, department }) => [
      id,
      say.aside(named.nameOf('step', id), say.nameOf('department', department)),
    ]);
  },
  material: async ({ client, say }, [about = '']) =>
    (await materialsOf(client, about)).map(({ code, name }) => [code, say(name)]),
  field: async ({ client, say }, [about = '']) =>
    (await newestOf(client, about)).fields.map(({ code, name }) => [code, say(name)]),
  condition: async ({ client }, [about = '']) =>
    (await newestOf(client, about)).conditions?.terms.map(({ code, text }) => [code, text]) ?? [],
};

const cardName = (colour: string, department: string, say: Caller['say']): string =>
  say.facts([colour, say.nameOf('department', department)]);

/** What the ledger has for a place. @throws ClientError as reading does */
export async function known(caller: Caller, offered: Offered, given: Given): Promise<Known[]> {
  const found = await sources[offered](caller, given);
  return found.map(([value, name]) => ({ value, name: name ?? value }));
}

/** Those of the matter that a case is about, or that is named itself; the merged ones of a one thing. */
async function materialsOf(client: Caller['client'], about: string) {
  if (about.includes('-')) {
    const { taskCode, matterVersion: version } = await client.read('cases.get', { caseNo: about });
    return (await client.read('matters.version', { taskCode, version })).content.materials;
  }
  const templates = await collected(client.list('oneThings.list', all));
  const template = templates.find(({ code }) => code === about);
  if (template !== undefined) return template.materials;
  return (await client.read('matters.get', { taskCode: about })).content.materials;
}

/** The newest version of a data set, by its own id or that of a share of it. */
async function newestOf(client: Caller['client'], about: string): Promise<Catalogued> {
  const datasetId = await datasetOf(client, about);
  const versions = await collected(client.list('datasets.versions', { datasetId }));
  return versions.at(-1)?.content ?? { fields: [] };
}

type Catalogued = Pick<DatasetContent, 'fields' | 'conditions'>;

/** The data set that is named itself, or that a share is of. */
async function datasetOf(client: Caller['client'], about: string): Promise<string> {
  const shares = (await client.read('shares.list', { limit })).items;
  return shares.find(({ shareId }) => shareId === about)?.datasetId ?? about;
}
