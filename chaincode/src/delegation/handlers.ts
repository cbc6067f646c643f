import { applied, one, pages, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import type { RecordStore } from '../kernel/store';
import { acceptDelegation } from './accept';
import { endDelegation } from './end';
import { grantDelegation } from './grant';

export const commandHandlers: CommandHandlers<'delegation'> = {
  'delegation.grant': applied(grantDelegation, async (store, command) => ({
    existing: await store.get('delegation', command.delegationId),
  })),
  'delegation.accept': applied(acceptDelegation, loadDelegation),
  'delegation.end': applied(endDelegation, loadDelegation),
};

async function loadDelegation(
  store: RecordStore,
  { delegationId }: { readonly delegationId: string },
) {
  return { delegation: await store.get('delegation', delegationId) };
}

export const queryHandlers: QueryHandlers<'delegation'> = {
  'delegation.get': { answer: one('delegation', 'delegationId') },
  'delegation.list': { answer: pages('delegation') },
};
