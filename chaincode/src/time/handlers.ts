import type { CommandHandlers } from '../kernel/handler';
import { showPeriod } from './beacon';

export const commandHandlers: CommandHandlers<'time'> = {
  'time.beacon': {
    run: async (command, member, store) =>
      showPeriod({ newest: await store.get('beacon', 'newest') }, command, member),
  },
};
