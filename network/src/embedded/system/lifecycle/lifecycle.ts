import type { ChannelConfig } from '@yici/ledger';
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
export function lifecycleChaincode(dependencies: LifecycleDependencies): SystemChaincode {
  return async (call, args) => {
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
      dependencies.access.check(`_lifecycle/${functionName}`, call.creator, call.mspId);
    } catch (error) {
      const reason = toError(error).message;
      return failure(`Failed to authorize invocation due to failed ACL check: ${reason}`);
    }
    const failed = `failed to invoke backing implementation of '${functionName}'`;
    try {
      const result = await run(dependencies, call, functionName, argument);
      return result ? success(result) : failure(`${failed}: it does not exist`);
    } catch (error) {
      const reason = toError(error).message;
      return error instanceof NotDefinedError
        ? failure(reason, 404)
        : failure(`${failed}: ${reason}`);
    }
  };
}

function run(
  { packages, config }: LifecycleDependencies,
  { mspId, simulator }: TransactionCall,
  name: string,
  argument: Uint8Array,
): Uint8Array | Promise<Uint8Array> | undefined {
  const onPackages = packageFunctions.get(name);
  if (onPackages) {
    return onPackages({ packages, mspId }, argument);
  }
  const onState = stateFunctions.get(name);
  return simulator && onState?.({ simulator, config: config(), mspId }, argument);
}
