import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { registerDuty } from '../rules';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Duties: the clauses of departments' 三定 documents. */
export class DutyContract extends YiciContract {
  constructor() {
    super('duty');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'duty.register', input, async (command, member, store) =>
      registerDuty(
        {
          department: await store.get('department', command.department),
          establishment: await store.get('functionHolder', 'establishment'),
          current: await store.get('duty', command.department, command.code),
        },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.list', input, ({ department, ...page }, store) =>
      store.list('duty', department === undefined ? [] : [department], page),
    );
  }
}
