import type { attestationReads } from '@yici/api';
import { attestationRecord, type AttestationRecord } from '@yici/domain/model';
import { maySee, maySeeAttestation, type Viewer } from '../access/access.js';
import { recordLists } from '../index-store/narrowed-lists.js';
import type { AppDependencies } from './context.js';
import { recordNotFound } from './point-read.js';
import { recordOf, recordsOf, seenOf } from './record-reads.js';
import { JsonText, type Handler, type Handlers } from './read-route.js';

export const attestationHandlers: Handlers<typeof attestationReads> = {
  'attestations.list': (context) => {
    const { caseNo, ...query } = context.query;
    return caseNo === undefined
      ? seenOf(recordLists.attestations)({ ...context, query })
      : attestationsOfCase(context);
  },
  'attestations.get': async (context) => {
    const { deps, viewer, params } = context;
    const found = await recordOf('attestation')(context);
    const record = attestationRecord.parse(JSON.parse(found.text));
    if (maySeeAttestation(viewer, deps.index, record)) return found;
    throw recordNotFound('attestation', [params.attestationId]);
  },
  'attestations.verdict': async ({ deps, viewer, params, query: { at } }) => {
    known(deps, params.attestationId, (record) => maySeeAttestation(viewer, deps.index, record));
    const input = { ...params, ...(at === undefined ? {} : { at }) };
    return new JsonText(await deps.ledger.query('attestation.verify', input));
  },
  'attestations.uses': recordsOf('use', ({ deps, viewer, params }) => {
    const concerned = ({ issuer, requester }: AttestationRecord) =>
      viewer.leads || maySee(viewer, [issuer, requester]);
    known(deps, String(params['attestationId']), concerned);
  }),
};

/** @throws GatewayError RECORD_NOT_FOUND */
function known(
  { index }: AppDependencies,
  id: string,
  maySeeIt: (record: AttestationRecord) => boolean,
): void {
  const record = index.record('attestation', id);
  if (record === undefined || !maySeeIt(record)) throw recordNotFound('attestation', [id]);
}

const attestationsOfCase: Handler<(typeof attestationReads)['attestations.list']> = async ({
  deps,
  viewer,
  query: { caseNo = '', limit, cursor, ...filter },
}) => {
  const read = (id: string) => deps.index.record('attestation', id);
  const page = await deps.index.records(
    'attestationOfCase',
    [caseNo],
    { limit, cursor },
    (link) => {
      const record = read(link.attestationId);
      return record !== undefined && matches(record, filter) && sees(deps, viewer, record);
    },
  );
  return { items: page.items.flatMap((link) => read(link.attestationId) ?? []), next: page.next };
};

const sees = ({ index }: AppDependencies, viewer: Viewer, record: AttestationRecord): boolean =>
  maySeeAttestation(viewer, index, record);

const matches = (
  record: AttestationRecord,
  filter: Readonly<
    Partial<Record<'datasetId' | 'status' | 'issuer' | 'requester', string | undefined>>
  >,
): boolean =>
  (['datasetId', 'status', 'issuer', 'requester'] as const).every((field) =>
    [undefined, record[field]].includes(filter[field]),
  );
