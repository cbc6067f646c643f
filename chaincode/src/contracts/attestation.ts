import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import {
  found,
  issueAttestation,
  recordUse,
  resumeAttestation,
  revokeAttestation,
  suspendAttestation,
  verifyAttestation,
} from '../rules';
import type { PageRequest, RecordStore } from '../store';
import { YiciContract } from './base';
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
          case: await store.get('case', command.caseNo),
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
    return runCommand(context, 'attestation.recordUse', input, async (command, member, store) =>
      recordUse(
        {
          ...(await current(store, command.attestationId)),
          existing: await store.get('use', command.attestationId, command.useId),
        },
        command,
        member,
      ),
    );
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

async function ofCase(store: RecordStore, caseNo: string, page: PageRequest) {
  const { records: entries, ...rest } = await store.list('attestationOfCase', [caseNo], page);
  const records = [];
  for (const { attestationId } of entries) {
    records.push(found(await store.get('attestation', attestationId), { attestationId }));
  }
  return { records, ...rest };
}
