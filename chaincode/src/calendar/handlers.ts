import { found } from '../kernel/caller';
import type { CommandHandlers, QueryHandlers } from '../kernel/handler';
import { applied } from '../kernel/handler';
import { padded } from '../kernel/keys';
import { confirmCalendar } from './confirm';
import { importCalendar } from './import';

export const commandHandlers: CommandHandlers<'calendar'> = {
  'calendar.import': applied(importCalendar, async (store, command) => ({
    leadAuthority: await store.get('functionHolder', 'leadAuthority'),
    calendar: await store.get('calendar', command.year.toString()),
  })),
  'calendar.confirm': {
    run: async (command, member, store) => {
      const year = command.year.toString();
      const calendar = await store.get('calendar', year);
      const version = calendar?.inForce?.version;
      return confirmCalendar(
        {
          calendar,
          proposed: await store.get('calendarVersion', year, padded(command.version)),
          inForce:
            version === undefined
              ? undefined
              : await store.get('calendarVersion', year, padded(version)),
        },
        command,
        member,
      );
    },
  },
};

export const queryHandlers: QueryHandlers<'calendar'> = {
  'calendar.get': {
    answer: async ({ year, version }, store) => {
      const key = year.toString();
      const wanted = version ?? (await store.get('calendar', key))?.inForce?.version ?? 0;
      return found(await store.get('calendarVersion', key, padded(wanted)), { year });
    },
  },
};
