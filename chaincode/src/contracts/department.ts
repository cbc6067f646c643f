import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { confirmDepartment } from '../department/confirm';
import { registerDepartment } from '../department/register';
import { updateDepartment } from '../department/update';
import { found } from '../kernel/caller';
import { YiciContract } from './base';
import { loadHolders } from './load';
import { runAsCaller, runCommand, runQuery } from './run';

/** The department registry. */
export class DepartmentContract extends YiciContract {
  constructor() {
    super('department');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runAsCaller(context, 'department.register', input, async (command, caller, store) =>
      registerDepartment(
        {
          withId: await store.get('department', command.id),
          withMsp: await store.get('departmentOfMsp', caller.mspId),
        },
        command,
        caller,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  update(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'department.update', input, async (command, member, store) =>
      updateDepartment({ own: await store.get('department', member.department) }, command, member),
    );
  }

  @Transaction()
  @Returns('string')
  confirm(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'department.confirm', input, async (command, member, store) =>
      confirmDepartment(
        {
          claimant: await store.get('department', command.id),
          holders: await loadHolders(store, command.functions, command.id),
          registeredDepartments: await store.count('departmentOfMsp'),
        },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'department.get', input, async ({ id }, store) =>
      found(await store.get('department', id), { id }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'department.list', input, (page, store) =>
      store.list('department', [], page),
    );
  }
}
