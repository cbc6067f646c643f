import type { attestationReads } from '@yici/api';
import type { AttestationRecord } from '@yici/domain/model';
import { maySee, maySeeAttestation } from '../../access/access.js';
import type { Values } from '../../index-store/narrowed.js';
import { recordLists } from '../../index-store/narrowed-lists.js';
import type { AppDependencies } from '../context.js';
import { recordNotFound } from '../../errors.js';
import { joined, recordsOf, seenOf, seenRecordOf } from './record-reads.js';
import { JsonText, type Handler, type Handlers } from './read-route.js';

export const attestationHandlers: Handlers<typeof attestationReads> = {
  'attestations.list': (context) => {
    const { caseNo, ...query } = context.query;
    return caseNo === undefined
      ? seenOf(recordLists.attestations)({ ...context, query })
      : attestationsOfCase(context);
  },
  'attestations.get': seenRecordOf('attestation', maySeeAttestation),
  'attestations.verdict': async ({ deps, viewer, params, query: { at } }) => {
    known(deps, params.attestationId, (record) => maySeeAttestation(viewer, record, deps.index));
    const input = { ...params, ...(at === undefined ? {} : { at }) };
    return new JsonText(await deps.ledger.query('attestation.verify', input));
  },
  'contests.list': seenOf(recordLists.contests),
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

const attestationsOfCase: Handler<(typeof attestationReads)['attestations.list']> = ({
  deps,
  viewer,
  query: { caseNo = '', limit, cursor, ...filter },
}) =>
  joined(deps, 'attestationOfCase', [caseNo], { limit, cursor }, ({ attestationId }) => {
    const record = deps.index.record('attestation', attestationId);
    if (record === undefined || !matches(record, filter)) return undefined;
    return maySeeAttestation(viewer, record, deps.index) ? record : undefined;
  });

const filtered = ['datasetId', 'status', 'issuer', 'requester'] as const;

const matches = (record: AttestationRecord, filter: Values<(typeof filtered)[number]>): boolean =>
  filtered.every((field) => [undefined, record[field]].includes(filter[field]));
