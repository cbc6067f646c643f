import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { endDelegation } from '../delegation/end';
import { grantDelegation } from '../delegation/grant';
import { found } from '../kernel/caller';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** A/B posts (AB岗): who stands in for whom, and when. */
export class DelegationContract extends YiciContract {
  constructor() {
    super('delegation');
  }

  @Transaction()
  @Returns('string')
  grant(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'delegation.grant', input, async (command, member, store) =>
      grantDelegation(
        { existing: await store.get('delegation', command.delegationId) },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  end(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'delegation.end', input, async (command, member, store) =>
      endDelegation(
        { delegation: await store.get('delegation', command.delegationId) },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'delegation.get', input, async ({ delegationId }, store) =>
      found(await store.get('delegation', delegationId), { delegationId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'delegation.list', input, (page, store) =>
      store.list('delegation', [], page),
    );
  }
}
