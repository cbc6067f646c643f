import { Returns, Transaction } from 'fabric-contract-api';
import { YiciContext } from '../context';
import { found, registerDataset } from '../rules';
import { YiciContract } from './base';
import { runCommand, runQuery } from './run';

/** The data catalogue in first form. */
export class DatasetContract extends YiciContract {
  constructor() {
    super('dataset');
  }

  @Transaction()
  @Returns('string')
  register(context: YiciContext, input: string): Promise<string> {
    return runCommand(context, 'dataset.register', input, async (command, member, store) => {
      const { datasetId, dutyCode } = command;
      return registerDataset(
        {
          current: await store.get('dataset', datasetId),
          duty:
            dutyCode === undefined
              ? undefined
              : await store.get('duty', member.department, dutyCode),
        },
        command,
        member,
      );
    });
  }

  @Transaction(false)
  @Returns('string')
  get(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.get', input, async ({ datasetId }, store) =>
      found(await store.get('dataset', datasetId), { datasetId }),
    );
  }

  @Transaction(false)
  @Returns('string')
  list(context: YiciContext, input: string): Promise<string> {
    return runQuery(context, 'dataset.list', input, (page, store) =>
      store.list('dataset', [], page),
    );
  }
}
