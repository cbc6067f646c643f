import type { CommandHandlers } from '../kernel/handler';
import { applied } from '../kernel/handler';
import { showPeriod } from './beacon';

export const commandHandlers: CommandHandlers<'time'> = {
  'time.beacon': applied(showPeriod, async (store) => ({
    newest: await store.get('beacon', 'newest'),
  })),
};
