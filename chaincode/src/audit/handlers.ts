import { one, type CommandHandlers, type QueryHandlers } from '../kernel/handler';
import { recordAudit } from './record';

export const commandHandlers: CommandHandlers<'audit'> = {
  'audit.record': {
    run: async (command, member, store, { channel }) =>
      recordAudit(
        {
          supervision: await store.get('functionHolder', 'supervision'),
          existing: await store.get('audit', command.report),
          channel,
        },
        command,
        member,
      ),
  },
};

export const queryHandlers: QueryHandlers<'audit'> = {
  'audit.get': { answer: one('audit', 'report') },
};
