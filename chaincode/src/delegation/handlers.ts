import { one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { endDelegation } from './end';
import { grantDelegation } from './grant';

export const commandHandlers: CommandHandlers<'delegation'> = {
  'delegation.grant': {
    run: async (command, member, store) =>
      grantDelegation(
        { existing: await store.get('delegation', command.delegationId) },
        command,
        member,
      ),
  },
  'delegation.end': {
    run: async (command, member, store) =>
      endDelegation(
        { delegation: await store.get('delegation', command.delegationId) },
        command,
        member,
      ),
  },
};

export const queryHandlers: QueryHandlers<'delegation'> = {
  'delegation.get': {
    answer: one('delegation', 'delegationId'),
  },
  'delegation.list': { answer: pages('delegation') },
};
