import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { keyIdOf } from './records';
import { registerAppKey } from './register';
import { revokeAppKey } from './revoke';

export const commandHandlers: CommandHandlers<'appKey'> = {
  'appKey.register': applied(registerAppKey, async (store, command, member) => ({
    existing: await store.get('appKey', member.department, keyIdOf(command.publicKey)),
  })),
  'appKey.revoke': applied(revokeAppKey, async (store, command, member) => ({
    key: await store.get('appKey', member.department, command.keyId),
  })),
};

export const queryHandlers: QueryHandlers<'appKey'> = {
  'appKey.get': { answer: one('appKey', 'department', 'keyId') },
  'appKey.list': { answer: pages('appKey', 'department') },
};
