import 'reflect-metadata';
import { Returns, Transaction } from 'fabric-contract-api';
import { commandNames, contractOf, queryNames, transactionOf } from '../commands';
import { runCommand } from '../runner/command';
import type { Environment } from '../runner/environment';
import { runQuery } from '../runner/query';
import { YiciContract } from './base';
import { YiciContext } from './context';

type Run = (environment: Environment, text: string) => Promise<string>;

/** Every transaction by contract: what a method of a contract's class would be. */
function transactionsOf(contract: string): { name: string; writes: boolean; run: Run }[] {
  const ofContract = (name: string) => contractOf(name) === contract;
  return [
    ...commandNames.filter(ofContract).map((name) => ({
      name: transactionOf(name),
      writes: true,
      run: (environment: Environment, text: string) => runCommand(environment, name, text),
    })),
    ...queryNames.filter(ofContract).map((name) => ({
      name: transactionOf(name),
      writes: false,
      run: (environment: Environment, text: string) => runQuery(environment, name, text),
    })),
  ];
}

/**
 * The contract's class, with a method for each command and query of that name. Fabric's decorators are applied as they
 * would be to methods written out, so that `org.hyperledger.fabric:GetMetadata` tells of each: one string in, one out.
 */
function classOf(contract: string): new () => YiciContract {
  class Generated extends YiciContract {
    constructor() {
      super(contract);
    }
  }
  for (const { name, writes, run } of transactionsOf(contract)) {
    const method = function (context: YiciContext, input: string): Promise<string> {
      return run(context, input);
    };
    Object.defineProperty(Generated.prototype, name, { value: method, writable: true });
    Reflect.defineMetadata('design:paramtypes', [YiciContext, String], Generated.prototype, name);
    Transaction(writes)(Generated.prototype, name);
    Returns('string')(Generated.prototype, name);
  }
  return Generated;
}

/** What `fabric-chaincode-node` registers. */
export const contracts = [...new Set([...commandNames, ...queryNames].map(contractOf))].map(
  classOf,
);
