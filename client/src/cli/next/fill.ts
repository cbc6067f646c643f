import type { ActView } from '@yici/api';
import { closedStates, type MatterContent } from '@yici/domain/model';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { writeSpec } from '../spec/spec.js';
import type { Known } from './line.js';

const part = (input: Known, field: string): string | undefined => {
  const value = input[field];
  return typeof value === 'string' ? value : undefined;
};

/**
 * What more is known of an act's input than the record itself says: who types it would look it up. Undefined where a list must
 * name something and there is nothing to name.
 */
export async function filled(client: YiciClient, act: ActView): Promise<Known | undefined> {
  const known = await lookedUp(client, act);
  const { fields } = writeSpec(act.command);
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  const nothing = fields.some(({ name, required }) => required && isEmpty(known[name]));
  return nothing ? undefined : known;
}

async function lookedUp(client: YiciClient, { command, input }: ActView): Promise<Known> {
  const names = new Set(writeSpec(command).fields.map(({ name }) => name));
  const [caseNo, datasetId, shareId, cardId] = ['caseNo', 'datasetId', 'shareId', 'cardId'].map(
    (field) => part(input, field),
  );
  if (caseNo !== undefined && names.has('attested')) {
    return { ...input, ...(await evidenceOf(client, caseNo)) };
  }
  if (datasetId !== undefined && names.has('fields')) {
    const { fields } = await client.read('datasets.get', { datasetId });
    return { ...input, fields: fields.map(({ code }) => code) };
  }
  if (shareId !== undefined && (names.has('fields') || names.has('conditions'))) {
    const { request, conditions } = await client.read('shares.get', { shareId });
    return { ...input, fields: request.fields, conditions };
  }
  return cardId !== undefined && names.has('publicText') ? explained(client, cardId, input) : input;
}

/** A red card that the public was concerned by needs words for the public; what is empty is still to be given. */
async function explained(client: YiciClient, id: string, input: Known): Promise<Known> {
  const { explainTo } = await client.read('cards.get', { cardId: id });
  return explainTo === 'public' ? { ...input, publicText: '' } : input;
}

/** Of a case: the attestations that stand for what comes by sharing, and what is missing and could come later. */
async function evidenceOf(client: YiciClient, caseNo: string): Promise<Known> {
  const record = await client.read('cases.get', { caseNo });
  if (closedStates.includes(record.state)) return {};
  const { taskCode, matterVersion: version } = record;
  const { content } = await client.read('matters.version', { taskCode, version });
  const held = new Set(record.materials.map(({ code }) => code));
  const lacking = content.materials.filter(({ code }) => !held.has(code));
  const attestations = await collected(
    client.list('attestations.list', { caseNo, status: 'active', limit: 200 }),
  );
  const issued = new Map(attestations.map((one) => [one.datasetId, one.attestationId]));
  const named = attested(lacking, issued);
  const missing = lacking.filter(({ required, source }) => required && source !== 'sharing');
  const codes = missing.every(({ tolerable }) => tolerable) ? missing.map(({ code }) => code) : [];
  return { ...(named.length > 0 && { attested: named }), tolerated: codes };
}

type Material = MatterContent['materials'][number];

const attested = (lacking: readonly Material[], issued: ReadonlyMap<string, string>): string[] =>
  lacking.flatMap(({ code, datasetId = '' }) => {
    const attestationId = issued.get(datasetId);
    return attestationId === undefined ? [] : [`${code}=${attestationId}`];
  });
