import { found, type Member } from '../kernel/caller';
import type { CommandHandlers, Concern, QueryHandlers } from '../kernel/handler';
import { applied, one, pages, partiesOfCase } from '../kernel/handler';
import { holderNow } from '../kernel/holder-now';
import { padded } from '../kernel/keys';
import type { PageRequest, RecordStore } from '../kernel/store';
import type { ShareAndGrant } from '../sharing/chain';
import { loadShare } from '../sharing/load';
import { resumeAttestation, revokeAttestation, suspendAttestation } from './change';
import { issueAttestation } from './issue';
import { recordUse } from './use';
import { verifyAttestation } from './verdict';

export const commandHandlers: CommandHandlers<'attestation'> = {
  'attestation.issue': applied(issueAttestation, async (store, command) => ({
    existing: await store.get('attestation', command.attestationId),
    dataset: await store.get('dataset', command.datasetId),
    ...(await caseAndMatter(store, command.caseNo)),
    shared: await shareOf(store, command.shareId),
  })),
  'attestation.suspend': applied(suspendAttestation, issued),
  'attestation.resume': applied(resumeAttestation, issued),
  'attestation.revoke': applied(revokeAttestation, issued),
  'attestation.recordUse': {
    run: async (command, member, store) => {
      const { attestationId } = command;
      const attestation = await store.get('attestation', attestationId);
      const requester =
        attestation &&
        (await holderNow(store, attestation.requester, { of: 'everything' }, member));
      return recordUse(
        {
          ...{ attestation, requester },
          existing: await store.get('use', attestationId, command.useId),
          shared: await shareOf(store, attestation?.shareId),
        },
        command,
        member,
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'attestation'> = {
  'attestation.get': {
    answer: one('attestation', 'attestationId'),
    concern: ofAttestation,
  },
  'attestation.verify': {
    answer: async (query, store, { at }) => {
      const { attestationId } = query;
      const record = found(await store.get('attestation', attestationId), { attestationId });
      return verifyAttestation(record, query, at);
    },
    concern: ofAttestation,
  },
  'attestation.list': {
    answer: ({ caseNo, ...page }, store) => ofCase(store, caseNo, page),
    concern: async ({ caseNo }, _answer, store) => ({
      ids: { caseNo },
      departments: await partiesOfCase(store, caseNo),
    }),
  },
  'attestation.uses': {
    answer: pages('use', 'attestationId'),
    concern: async (query, answer, store) => ({
      ...(await ofAttestation(query, answer, store)),
      leads: true,
    }),
  },
};

async function issued(
  store: RecordStore,
  { attestationId }: { readonly attestationId: string },
  member: Member,
) {
  const attestation = await store.get('attestation', attestationId);
  if (attestation === undefined) return { attestation, issuer: undefined };
  const held = { of: 'dataset', id: attestation.datasetId } as const;
  return { attestation, issuer: await holderNow(store, attestation.issuer, held, member) };
}

async function caseAndMatter(store: RecordStore, caseNo: string) {
  const record = await store.get('case', caseNo);
  if (record === undefined) return { case: undefined, matter: undefined };
  const version = padded(record.matterVersion);
  return { case: record, matter: await store.get('matter', record.taskCode, version) };
}

function shareOf(store: RecordStore, shareId: string | undefined): Promise<ShareAndGrant> {
  if (shareId === undefined) return Promise.resolve({ share: undefined, grant: undefined });
  return loadShare(store, { shareId });
}

async function ofCase(store: RecordStore, caseNo: string, page: PageRequest) {
  const { records: entries, ...rest } = await store.list('attestationOfCase', [caseNo], page);
  const records = [];
  for (const { attestationId } of entries) {
    records.push(found(await store.get('attestation', attestationId), { attestationId }));
  }
  return { records, ...rest };
}

async function ofAttestation(
  { attestationId }: { readonly attestationId: string },
  _answer: unknown,
  store: RecordStore,
): Promise<Concern> {
  const ids = { attestationId };
  const record = await store.get('attestation', attestationId);
  if (record === undefined) return { ids, departments: [] };
  const { issuer, requester, caseNo } = record;
  return { ids, departments: [issuer, requester, ...(await partiesOfCase(store, caseNo))] };
}
