import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { showPeriod } from '../time/beacon';
import { YiciContract } from './base';
import { runCommand } from './run';

/** The time that the ledger shows. */
export class TimeContract extends YiciContract {
  constructor() {
    super('time');
  }

  @Transaction()
  @Returns('string')
  beacon(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'time.beacon', input, async (command, member, store) =>
      showPeriod({ newest: await store.get('beacon', 'newest') }, command, member),
    );
  }
}
