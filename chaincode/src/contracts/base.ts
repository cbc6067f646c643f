import { Contract } from 'fabric-contract-api';
import { YiciContext } from './context';
import { withSentence } from '../words/travelling';
import { ContractError } from '../kernel/errors';

/** What every contract here has in common. Nothing in this class is a transaction; see contracts/index.ts. */
export abstract class YiciContract extends Contract {
  override createContext(): YiciContext {
    return new YiciContext();
  }

  override unknownTransaction(context: YiciContext): Promise<void> {
    const { fcn } = context.stub.getFunctionAndParameters();
    const refusal = new ContractError('UNKNOWN_TRANSACTION', { transaction: fcn.slice(0, 100) });
    return Promise.reject(withSentence(refusal));
  }
}
