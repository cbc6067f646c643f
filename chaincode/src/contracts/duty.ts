import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { resolveOverlap } from '../duty/overlap';
import { registerDuty } from '../duty/register';
import { found } from '../kernel/caller';
import { padded } from '../kernel/keys';
import { YiciContract } from './base';
import { withCalendars } from './load';
import { loadLinkedMatters, loadTopics } from './load-duty';
import { runCommand, runQuery } from './run';

/** Duties: the clauses of departments' 三定 documents, what rests on them, and where they overlap. */
export class DutyContract extends YiciContract {
  constructor() {
    super('duty');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'duty.register', input, async (command, member, store) => {
      const { department, code, topic } = command;
      const current = await store.get('duty', department, code);
      const state = {
        department: await store.get('department', department),
        establishment: await store.get('functionHolder', 'establishment'),
        current,
        ...(await loadLinkedMatters(store, department, code)),
        topics: await loadTopics(store, [current?.topic, topic]),
      };
      return withCalendars(store, [], (calendar) =>
        registerDuty({ ...state, calendar }, command, member),
      );
    });
  }

  @Transaction()
  @Returns('string')
  resolveOverlap(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'duty.resolveOverlap', input, async (command, member, store) =>
      resolveOverlap(
        {
          overlap: await store.get('dutyOverlap', command.topic, padded(command.round)),
          claims: await store.all('dutyOfTopic', [command.topic]),
          establishment: await store.get('functionHolder', 'establishment'),
          leadAuthority: await store.get('functionHolder', 'leadAuthority'),
        },
        command,
        member,
      ),
    );
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.get', input, async ({ department, code }, store) =>
      found(await store.get('duty', department, code), { department, code }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.list', input, ({ department, ...page }, store) =>
      store.list('duty', department === undefined ? [] : [department], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  versions(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.versions', input, ({ department, code, ...page }, store) =>
      store.list('dutyVersion', [department, code], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  matters(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.matters', input, ({ department, code, ...page }, store) =>
      store.list('matterOfDuty', [department, code], page),
    );
  }

  @Transaction(false)
  @Returns('string')
  overlaps(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'duty.overlaps', input, ({ topic, ...page }, store) =>
      store.list('dutyOverlap', topic === undefined ? [] : [topic], page),
    );
  }
}
