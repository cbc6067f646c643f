import { Returns, Transaction } from 'fabric-contract-api';
import { keyIdOf } from '../app-key/records';
import { registerAppKey } from '../app-key/register';
import { revokeAppKey } from '../app-key/revoke';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Keys of officials for signatures beside Fabric's own. */
export class AppKeyContract extends YiciContract {
  constructor() {
    super('appKey');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'appKey.register', input, async (command, member, store) =>
      registerAppKey(
        { existing: await store.get('appKey', member.department, keyIdOf(command.publicKey)) },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  revoke(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'appKey.revoke', input, async (command, member, store) =>
      revokeAppKey(
        { key: await store.get('appKey', member.department, command.keyId) },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'appKey.get', input, async ({ department, keyId }, store) =>
      found(await store.get('appKey', department, keyId), { department, keyId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'appKey.list', input, ({ department, ...page }, store) =>
      store.list('appKey', department === undefined ? [] : [department], page),
    );
  }
}
