import { peer } from '@hyperledger/fabric-protos';
import {
  approvalName,
  approvedDefinition,
  CHAINCODE_SOURCES,
  definitionStructure,
  localPackageStructure,
  NAMESPACES,
  parametersStructure,
  storeStructure,
  structureMismatches,
  type ChaincodeDefinition,
  type ChaincodeParameters,
} from '@yici/ledger';
import { refused } from '../../simulate/refused.js';
import {
  definitionFrom,
  readDefinitionArgs,
  validateDefinition,
  type DefinitionArgs,
} from './definition-input.js';
import type { LifecycleCall } from './lifecycle-call.js';
import {
  committedDefinition,
  currentSequence,
  departmentHashes,
  departmentStore,
  publicStore,
} from './state.js';

const { lifecycle } = peer;

/** Which departments approved a definition, and the differences for those that did not. */
interface Approvals {
  readonly approvals: ReadonlyMap<string, boolean>;
  readonly mismatches: ReadonlyMap<string, readonly string[]>;
}

/** Records the department's approval of a definition in its own collection (lifecycle.go, Approve...ForOrg). */
export function approve(call: LifecycleCall, bytes: Uint8Array): Uint8Array {
  const args = readDefinitionArgs(bytes);
  const { simulator, mspId, config } = call;
  validateAgainstCommitted(call, args);
  const name = args.getName();
  const requested = args.getSequence();
  const current = currentSequence(simulator, name);
  refuseSequence(requested, current);
  const definition = definitionFrom(args, config);
  if (requested === current) {
    refuseRedefinition(call, name, definition);
  }
  const packageId = args.getSource()?.getLocalPackage()?.getPackageId() ?? '';
  const store = departmentStore(simulator, mspId);
  const before = approvedDefinition((key) => store.get(key), name, requested);
  if (before && before.packageId === packageId && sameParameters(before, definition)) {
    throw refused(
      requested === current
        ? `attempted to redefine the current committed sequence (${current}) for namespace ${name}`
        : `attempted to redefine uncommitted sequence (${requested}) for namespace ${name} with unchanged content`,
    );
  }
  const privateName = approvalName(name, requested);
  storeStructure(store, NAMESPACES, privateName, parametersStructure(definition));
  storeStructure(store, CHAINCODE_SOURCES, privateName, localPackageStructure(packageId));
  return new lifecycle.ApproveChaincodeDefinitionForMyOrgResult().serializeBinary();
}

/** Returns which departments have approved exactly this definition. */
export function checkReadiness(call: LifecycleCall, bytes: Uint8Array): Uint8Array {
  const args = readDefinitionArgs(bytes);
  const { approvals, mismatches } = readiness(call, args);
  const result = new lifecycle.CheckCommitReadinessResult();
  for (const [mspId, approved] of approvals) {
    result.getApprovalsMap().set(mspId, approved);
  }
  for (const [mspId, items] of mismatches) {
    const message = new lifecycle.CheckCommitReadinessResult.Mismatches();
    message.setItemsList([...items]);
    result.getMismatchesMap().set(mspId, message);
  }
  return result.serializeBinary();
}

/** Commits a definition to the channel, if the peer's own department has approved it. */
export function commit(call: LifecycleCall, bytes: Uint8Array): Uint8Array {
  const args = readDefinitionArgs(bytes);
  validateAgainstCommitted(call, args);
  const { approvals } = readiness(call, args);
  const definition = definitionFrom(args, call.config);
  const store = publicStore(call.simulator);
  storeStructure(store, NAMESPACES, args.getName(), definitionStructure(definition));
  if (approvals.get(call.mspId) !== true) {
    throw refused(`chaincode definition not agreed to by this org (${call.mspId})`);
  }
  return new lifecycle.CommitChaincodeDefinitionResult().serializeBinary();
}

/** Which departments' collections contain exactly this definition, compared by hash. */
export function approvalsOf(
  { simulator, config }: LifecycleCall,
  chaincode: string,
  definition: ChaincodeDefinition,
): Approvals {
  const structure = parametersStructure(definition);
  const name = approvalName(chaincode, definition.sequence);
  const mismatches = new Map<string, readonly string[]>();
  const approvals = new Map<string, boolean>();
  for (const { mspId } of config.application?.organizations ?? []) {
    const hashes = departmentHashes(simulator, mspId);
    const differing = structureMismatches(hashes, NAMESPACES, name, structure);
    approvals.set(mspId, differing.length === 0);
    if (differing.length > 0) {
      mismatches.set(mspId, differing);
    }
  }
  return { approvals, mismatches };
}

function readiness(call: LifecycleCall, args: DefinitionArgs): Approvals {
  const next = currentSequence(call.simulator, args.getName()) + 1;
  if (args.getSequence() !== next) {
    throw refused(
      `requested sequence is ${args.getSequence()}, but new definition must be sequence ${next}`,
    );
  }
  return approvalsOf(call, args.getName(), definitionFrom(args, call.config));
}

function validateAgainstCommitted(call: LifecycleCall, args: DefinitionArgs): void {
  const committed = committedDefinition(call.simulator, args.getName());
  if (!committed) {
    // Fabric then queries the legacy lifecycle, which adds this read to the read set.
    call.simulator.getState('lscc', args.getName());
  }
  validateDefinition(args, call.config, committed);
}

function refuseSequence(requested: number, current: number): void {
  if (requested === 0 && current === 0) {
    throw refused('requested sequence is 0, but first definable sequence number is 1');
  }
  if (requested < current) {
    throw refused(
      `currently defined sequence ${current} is larger than requested sequence ${requested}`,
    );
  }
  if (requested > current + 1) {
    throw refused(
      `requested sequence ${requested} is larger than the next available sequence number ${current + 1}`,
    );
  }
}

function refuseRedefinition(
  { simulator }: LifecycleCall,
  name: string,
  definition: ChaincodeDefinition,
): void {
  const committed = committedDefinition(simulator, name);
  if (committed && !sameParameters(committed, definition)) {
    throw refused(
      `attempted to redefine the current committed sequence (${committed.sequence}) for namespace ${name} with different parameters`,
    );
  }
}

function sameParameters(left: ChaincodeParameters, right: ChaincodeParameters): boolean {
  const fields = parametersStructure(left).fields;
  return parametersStructure(right).fields.every(([, data], index) => {
    const other = fields[index]?.[1];
    return other !== undefined && Buffer.compare(other, data) === 0;
  });
}
