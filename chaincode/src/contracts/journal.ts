import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { anchorJournal } from '../journal/anchor';
import { shanghaiDate } from '../kernel/days';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Anchors of the gateways' audit journals. */
export class JournalContract extends YiciContract {
  constructor() {
    super('journal');
  }

  @Transaction()
  @Returns('string')
  anchor(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'journal.anchor', input, async (command, member, store) => {
      const { department, user, at } = member;
      const existing = await store.get('journalAnchor', department, user, shanghaiDate(at));
      return anchorJournal({ existing }, command, member);
    });
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'journal.list', input, ({ department, ...page }, store) =>
      store.list('journalAnchor', department === undefined ? [] : [department], page),
    );
  }
}
