import type { ChaincodeResponse, ChannelConfig } from '@yici/ledger';
import type { SystemChaincode } from '../../chaincode/host.js';
import type { TransactionCall } from '../../chaincode/invocation.js';
import type { AccessControl } from '../../endorse/access.js';
import { toError } from '../../../to-error.js';
import type { ChaincodePackages } from '../packages.js';
import { failure, success, text } from '../response.js';
import { approve, checkReadiness, commit } from './changes.js';
import {
  getInstalledPackage,
  install,
  queryInstalled,
  queryInstalledOne,
  type PackagesCall,
} from './installed.js';
import { queryAllApproved, queryApproved, queryDefinition, queryDefinitions } from './queries.js';
import type { LifecycleCall } from './lifecycle-call.js';
import { NotDefinedError } from './not-defined-error.js';

type StateFunction = (call: LifecycleCall, args: Uint8Array) => Uint8Array | Promise<Uint8Array>;
type PackageFunction = (call: PackagesCall, args: Uint8Array) => Uint8Array | Promise<Uint8Array>;

const stateFunctions = new Map<string, StateFunction>([
  ['ApproveChaincodeDefinitionForMyOrg', approve],
  ['CheckCommitReadiness', checkReadiness],
  ['CommitChaincodeDefinition', commit],
  ['QueryChaincodeDefinition', queryDefinition],
  ['QueryChaincodeDefinitions', queryDefinitions],
  ['QueryApprovedChaincodeDefinition', queryApproved],
  ['QueryApprovedChaincodeDefinitions', queryAllApproved],
]);

const packageFunctions = new Map<string, PackageFunction>([
  ['InstallChaincode', install],
  ['QueryInstalledChaincode', queryInstalledOne],
  ['QueryInstalledChaincodes', queryInstalled],
  ['GetInstalledChaincodePackage', getInstalledPackage],
]);

interface LifecycleDependencies {
  readonly access: AccessControl;
  readonly config: () => ChannelConfig;
  readonly packages: ChaincodePackages;
}

/** The `_lifecycle` chaincode: departments agree on the chaincodes of the channel (core/chaincode/lifecycle/scc.go). */
export class LifecycleChaincode implements SystemChaincode {
  readonly #dependencies: LifecycleDependencies;

  constructor(dependencies: LifecycleDependencies) {
    this.#dependencies = dependencies;
  }

  async invoke(call: TransactionCall, args: readonly Uint8Array[]): Promise<ChaincodeResponse> {
    const [name, argument] = args;
    if (!name || !argument || args.length !== 2) {
      return failure(
        args.length === 0
          ? 'lifecycle scc must be invoked with arguments'
          : `lifecycle scc operations require exactly two arguments but received ${args.length}`,
      );
    }
    const functionName = text(name);
    try {
      this.#dependencies.access.check(`_lifecycle/${functionName}`, call.creator, call.mspId);
    } catch (error) {
      const reason = toError(error).message;
      return failure(`Failed to authorize invocation due to failed ACL check: ${reason}`);
    }
    return this.#dispatch(call, functionName, argument);
  }

  async #dispatch(
    call: TransactionCall,
    name: string,
    argument: Uint8Array,
  ): Promise<ChaincodeResponse> {
    try {
      const result = await this.#run(call, name, argument);
      return result
        ? success(result)
        : failure(`failed to invoke backing implementation of '${name}': it does not exist`);
    } catch (error) {
      const reason = toError(error).message;
      if (error instanceof NotDefinedError) {
        return failure(reason, 404);
      }
      return failure(`failed to invoke backing implementation of '${name}': ${reason}`);
    }
  }

  #run(
    call: TransactionCall,
    name: string,
    argument: Uint8Array,
  ): Uint8Array | Promise<Uint8Array> | undefined {
    const { packages, config } = this.#dependencies;
    const { mspId, simulator } = call;
    const onPackages = packageFunctions.get(name);
    if (onPackages) {
      return onPackages({ packages, mspId }, argument);
    }
    const onState = stateFunctions.get(name);
    return simulator && onState?.({ simulator, config: config(), mspId }, argument);
  }
}
