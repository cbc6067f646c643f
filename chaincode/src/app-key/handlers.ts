import { one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { keyIdOf } from './records';
import { registerAppKey } from './register';
import { revokeAppKey } from './revoke';

export const commandHandlers: CommandHandlers<'appKey'> = {
  'appKey.register': {
    run: async (command, member, store) =>
      registerAppKey(
        { existing: await store.get('appKey', member.department, keyIdOf(command.publicKey)) },
        command,
        member,
      ),
  },
  'appKey.revoke': {
    run: async (command, member, store) =>
      revokeAppKey(
        { key: await store.get('appKey', member.department, command.keyId) },
        command,
        member,
      ),
  },
};

export const queryHandlers: QueryHandlers<'appKey'> = {
  'appKey.get': {
    answer: one('appKey', 'department', 'keyId'),
  },
  'appKey.list': {
    answer: pages('appKey', 'department'),
  },
};
