import { exportTypes, type caseReads } from '@yici/api';
import type { CaseEventRecord, CaseRecord, RecordKind, RecordOf } from '@yici/domain/model';
import { padded } from '@yici/domain/model';
import { caseJson, caseXml, packCase, referencesOf, type CaseSources } from '@yici/client';
import { maySee, type Viewer } from '../../access/access.js';
import type { IndexReader } from '../../index-store/reader.js';
import type { AppDependencies } from '../context.js';
import { recordNotFound } from '../../errors.js';
import { Attachment, type Handler } from './read-route.js';

/** A complete case, for other systems and archives: the same state of the ledger gives the same bytes. */
export const exportCase: Handler<(typeof caseReads)['cases.export']> = async (context) => {
  const { deps, viewer, params, query } = context;
  const sources = await sourcesOf(deps.index, viewer, params.caseNo);
  const bytes = written(sources, query.format, deps);
  return new Attachment(exportTypes[query.format], `${params.caseNo}.${query.format}`, bytes);
};

function written(
  sources: CaseSources,
  format: keyof typeof exportTypes,
  deps: AppDependencies,
): Uint8Array {
  if (format === 'json') return Buffer.from(caseJson(sources), 'utf8');
  if (format === 'xml') return Buffer.from(caseXml(sources), 'utf8');
  const { channel, chaincode } = deps.facts;
  const genesisHash = deps.index.checkpoint()?.genesis ?? '';
  const transactions = sources.events.map(({ txId }) => placeOf(deps.index, txId));
  return packCase(sources, { channel, chaincode, genesisHash, transactions });
}

/**
 * The case and every record that its export refers to. The case is read first: its event count then determines which
 * events are exported, whatever is committed meanwhile.
 */
async function sourcesOf(index: IndexReader, viewer: Viewer, number: string): Promise<CaseSources> {
  const record = index.record('case', number);
  if (record === undefined || !maySee(viewer, record.parties)) {
    throw recordNotFound('case', [number]);
  }
  const events = eventsOf(index, record);
  const ids = referencesOf(record, events);
  const evaluation = index.record('evaluation', number);
  return {
    record,
    events,
    matter: required(index, 'matter', record.taskCode, padded(record.matterVersion)),
    departments: ids.departments.map((id) => required(index, 'department', id)),
    attestations: ids.attestations.map((id) => required(index, 'attestation', id)),
    rulings: ids.rulings.map((id) => required(index, 'dutyRuling', id)),
    delegations: ids.delegations.map((id) => required(index, 'delegation', id)),
    cards: await everyOf(index, 'card', number),
    urges: await everyOf(index, 'urge', number),
    ...(evaluation === undefined ? {} : { evaluation }),
  };
}

function eventsOf(index: IndexReader, record: CaseRecord): CaseEventRecord[] {
  return Array.from({ length: record.nextSeq }, (_, seq) =>
    required(index, 'caseEvent', record.caseNo, padded(seq)),
  );
}

/** All records of a kind whose keys start with the case number. */
async function everyOf<K extends 'card' | 'urge'>(
  index: IndexReader,
  kind: K,
  number: string,
): Promise<RecordOf<K>[]> {
  const all: RecordOf<K>[] = [];
  let cursor: string | undefined;
  do {
    const page = await index.records(kind, [number], { limit: 200, cursor });
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

function required<K extends RecordKind>(
  index: IndexReader,
  kind: K,
  ...attributes: string[]
): RecordOf<K> {
  const record = index.record(kind, ...attributes);
  if (record === undefined) throw recordNotFound(kind, attributes);
  return record;
}

function placeOf(index: IndexReader, txId: string) {
  const row = index.transaction(txId);
  if (row === undefined) throw recordNotFound('transaction', [txId]);
  return { txId, block: row.block, index: row.index };
}
