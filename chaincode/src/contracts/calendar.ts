import { Returns, Transaction } from 'fabric-contract-api';
import { confirmCalendar } from '../calendar/confirm';
import { importCalendar } from '../calendar/import';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Working calendars, one a year. */
export class CalendarContract extends YiciContract {
  constructor() {
    super('calendar');
  }

  @Transaction()
  @Returns('string')
  import(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'calendar.import', input, async (command, member, store) =>
      importCalendar(
        {
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
          calendar: await store.get('calendar', command.year.toString()),
        },
        command,
        member,
      ),
    );
  }

  @Transaction()
  @Returns('string')
  confirm(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'calendar.confirm', input, async (command, member, store) => {
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
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'calendar.get', input, async ({ year, version }, store) => {
      const key = year.toString();
      const wanted = version ?? (await store.get('calendar', key))?.inForce?.version ?? 0;
      return found(await store.get('calendarVersion', key, padded(wanted)), { year });
    });
  }
}
