import { Returns, Transaction } from 'fabric-contract-api';
import { recordAudit } from '../audit/record';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Audit runs of the supervision office. */
export class AuditContract extends YiciContract {
  constructor() {
    super('audit');
  }

  @Transaction()
  @Returns('string')
  record(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'audit.record', input, async (command, member, store) =>
      recordAudit(
        {
          supervision: await store.get('functionHolder', 'supervision'),
          existing: await store.get('audit', command.report),
          channel: context.stub.getChannelID(),
        },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'audit.get', input, async ({ report }, store) =>
      found(await store.get('audit', report), { report }),
    );
  }
}
