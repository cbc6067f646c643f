import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { endDelegation } from './end';
import { grantDelegation } from './grant';

export const commandHandlers: CommandHandlers<'delegation'> = {
  'delegation.grant': applied(grantDelegation, async (store, command) => ({
    existing: await store.get('delegation', command.delegationId),
  })),
  'delegation.end': applied(endDelegation, async (store, command) => ({
    delegation: await store.get('delegation', command.delegationId),
  })),
};

export const queryHandlers: QueryHandlers<'delegation'> = {
  'delegation.get': { answer: one('delegation', 'delegationId') },
  'delegation.list': { answer: pages('delegation') },
};
