import { peer } from '@hyperledger/fabric-protos';
import {
  approvedDefinition,
  type ApprovedDefinition,
  type ChaincodeDefinition,
} from '@yici/ledger';
import { refused } from '../../simulate/refused.js';
import { approvalsOf } from './changes.js';
import { collectionPackage } from './definition-input.js';
import type { LifecycleCall } from './lifecycle-call.js';
import { NotDefinedError } from './not-defined-error.js';
import {
  approvedNames,
  committedDefinition,
  currentSequence,
  definedNames,
  departmentStore,
} from './state.js';

const { lifecycle } = peer;

/** The committed definition of one chaincode and its approvals. */
export function queryDefinition(call: LifecycleCall, bytes: Uint8Array): Uint8Array {
  const name = lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(bytes).getName();
  const definition = committedDefinition(call.simulator, name);
  if (!definition) {
    throw new NotDefinedError(`namespace ${name} is not defined`);
  }
  const result = new lifecycle.QueryChaincodeDefinitionResult();
  fillDefinition(result, definition);
  for (const [mspId, approved] of approvalsOf(call, name, definition).approvals) {
    result.getApprovalsMap().set(mspId, approved);
  }
  return result.serializeBinary();
}

/** Every committed definition of the channel. */
export async function queryDefinitions({ simulator }: LifecycleCall): Promise<Uint8Array> {
  const result = new lifecycle.QueryChaincodeDefinitionsResult();
  const names = await definedNames(simulator);
  result.setChaincodeDefinitionsList(
    names.flatMap((name) => {
      const definition = committedDefinition(simulator, name);
      if (!definition) {
        return [];
      }
      const one = new lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition();
      one.setName(name);
      fillDefinition(one, definition);
      return [one];
    }),
  );
  return result.serializeBinary();
}

/** What the peer's own department approved; without a sequence, the newest. */
export function queryApproved(call: LifecycleCall, bytes: Uint8Array): Uint8Array {
  const args = lifecycle.QueryApprovedChaincodeDefinitionArgs.deserializeBinary(bytes);
  const { simulator, mspId, config } = call;
  const store = departmentStore(simulator, mspId);
  const name = args.getName();
  const at = (sequence: number): ApprovedDefinition | undefined =>
    approvedDefinition((key) => store.get(key), name, sequence);
  const current = args.getSequence() === 0 ? currentSequence(simulator, name) : args.getSequence();
  const newer = args.getSequence() === 0 ? at(current + 1) : undefined;
  const approved = newer ?? at(current);
  if (!approved) {
    const text = `could not fetch approved chaincode definition (name: '${name}', sequence: '${current}') on channel '${config.channelId}'`;
    throw refused(text);
  }
  const result = new lifecycle.QueryApprovedChaincodeDefinitionResult();
  fillApproved(result, approved);
  return result.serializeBinary();
}

/** All approvals of the peer's own department on the channel. */
export async function queryAllApproved({ simulator, mspId }: LifecycleCall): Promise<Uint8Array> {
  const { ApprovedChaincodeDefinition } = lifecycle.QueryApprovedChaincodeDefinitionsResult;
  const store = departmentStore(simulator, mspId);
  const result = new lifecycle.QueryApprovedChaincodeDefinitionsResult();
  const privateNames = await approvedNames(simulator, mspId);
  result.setApprovedChaincodeDefinitionsList(
    privateNames.flatMap((privateName) => {
      const [name = '', sequence = ''] = privateName.split('#');
      const approved = approvedDefinition((key) => store.get(key), name, Number(sequence));
      if (!approved) {
        return [];
      }
      const one = new ApprovedChaincodeDefinition();
      one.setName(name);
      fillApproved(one, approved);
      return [one];
    }),
  );
  return result.serializeBinary();
}

type ApprovedMessage =
  | peer.lifecycle.QueryApprovedChaincodeDefinitionResult
  | peer.lifecycle.QueryApprovedChaincodeDefinitionsResult.ApprovedChaincodeDefinition;

function fillApproved(message: ApprovedMessage, approved: ApprovedDefinition): void {
  fillDefinition(message, approved);
  message.setSource(sourceOf(approved.packageId));
}

type DefinitionMessage =
  | ApprovedMessage
  | peer.lifecycle.QueryChaincodeDefinitionResult
  | peer.lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition;

function fillDefinition(message: DefinitionMessage, definition: ChaincodeDefinition): void {
  message.setSequence(definition.sequence);
  message.setVersion(definition.version);
  message.setEndorsementPlugin(definition.endorsementPlugin);
  message.setValidationPlugin(definition.validationPlugin);
  message.setValidationParameter(definition.validationParameter);
  message.setInitRequired(definition.initRequired);
  message.setCollections(collectionPackage(definition.collections));
}

function sourceOf(packageId: string): peer.lifecycle.ChaincodeSource {
  const source = new lifecycle.ChaincodeSource();
  if (packageId === '') {
    source.setUnavailable(new lifecycle.ChaincodeSource.Unavailable());
  } else {
    const local = new lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    source.setLocalPackage(local);
  }
  return source;
}
