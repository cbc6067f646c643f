import { Returns, Transaction } from 'fabric-contract-api';
import { decideDutyRuling } from '../case/duty-ruling-decide';
import { YiciContext } from '../context';
import { found } from '../kernel/caller';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** Duty rulings (职责裁定); they open by themselves at a case's second bounce. */
export class DutyRulingContract extends YiciContract {
  constructor() {
    super('dutyRuling');
  }

  @Transaction()
  @Returns('string')
  decide(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dutyRuling.decide', input, async (command, member, store) => {
      const ruling = await store.get('dutyRuling', command.rulingId);
      return decideDutyRuling(
        {
          ruling,
          case: ruling && (await store.get('case', ruling.caseNo)),
          duty: await store.get('duty', command.department, command.dutyCode),
          establishment: await store.get('functionHolder', 'establishment'),
        },
        command,
        member,
      );
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dutyRuling.get', input, async ({ rulingId }, store) =>
      found(await store.get('dutyRuling', rulingId), { rulingId }),
    );
  }
}
