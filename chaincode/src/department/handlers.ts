import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { confirmDepartment } from './confirm';
import { countLasting, loadHolders } from './load';
import { registerDepartment } from './register';
import { updateDepartment } from './update';

export const commandHandlers: CommandHandlers<'department'> = {
  'department.register': {
    runUnregistered: async (command, caller, store) =>
      registerDepartment(
        {
          withId: await store.get('department', command.id),
          withMsp: await store.get('departmentOfMsp', caller.mspId),
        },
        command,
        caller,
      ),
  },
  'department.update': applied(updateDepartment, async (store, _command, member) => ({
    own: await store.get('department', member.department),
  })),
  'department.confirm': applied(confirmDepartment, async (store, command, member) => ({
    claimant: await store.get('department', command.id),
    holders: await loadHolders(store, command.functions, command.id),
    registeredDepartments: await countLasting(store, member),
  })),
};

export const queryHandlers: QueryHandlers<'department'> = {
  'department.get': { answer: one('department', 'id') },
  'department.list': { answer: pages('department') },
};
