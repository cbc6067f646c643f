import { Returns, Transaction } from 'fabric-contract-api';
import { resumeAttestation, revokeAttestation, suspendAttestation } from '../attestation/change';
import { issueAttestation } from '../attestation/issue';
import { recordUse } from '../attestation/use';
import { verifyAttestation } from '../attestation/verdict';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import type { PageRequest, RecordStore } from '../kernel/store';
import type { ShareAndGrant } from '../sharing/chain';
import { YiciContract } from './base';
import { loadShare } from './load-share';
import { runCommand, runQuery } from './run';

/** Data-sharing attestations (存证) in first form. */
export class AttestationContract extends YiciContract {
  constructor() {
    super('attestation');
  }

  @Transaction()
  @Returns('string')
  issue(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'attestation.issue', input, async (command, member, store) =>
      issueAttestation(
        {
          existing: await store.get('attestation', command.attestationId),
          dataset: await store.get('dataset', command.datasetId),
          ...(await caseAndMatter(store, command.caseNo)),
          shared: await shareOf(store, command.shareId),
        },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  suspend(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'attestation.suspend', input, async (command, member, store) =>
      suspendAttestation(await current(store, command.attestationId), command, member),
    );
  }

  @Transaction()
  @Returns('string')
  resume(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'attestation.resume', input, async (command, member, store) =>
      resumeAttestation(await current(store, command.attestationId), command, member),
    );
  }

  @Transaction()
  @Returns('string')
  revoke(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'attestation.revoke', input, async (command, member, store) =>
      revokeAttestation(await current(store, command.attestationId), command, member),
    );
  }

  @Transaction()
  @Returns('string')
  recordUse(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'attestation.recordUse', input, async (command, member, store) => {
      const state = await current(store, command.attestationId);
      return recordUse(
        {
          ...state,
          existing: await store.get('use', command.attestationId, command.useId),
          shared: await shareOf(store, state.attestation?.shareId),
        },
        command,
        member,
      );
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'attestation.get', input, async ({ attestationId }, store) =>
      found(await store.get('attestation', attestationId), { attestationId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  verify(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'attestation.verify', input, async (query, store) => {
      const { attestationId } = query;
      const record = found(await store.get('attestation', attestationId), { attestationId });
      return verifyAttestation(record, query, context.at);
    });
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'attestation.list', input, ({ caseNo, ...page }, store) =>
      ofCase(store, caseNo, page),
    );
  }

  @Transaction(false)
  @Returns('string')
  uses(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'attestation.uses', input, ({ attestationId, ...page }, store) =>
      store.list('use', [attestationId], page),
    );
  }
}

async function current(store: RecordStore, attestationId: string) {
  return { attestation: await store.get('attestation', attestationId) };
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
