import { peer } from '@hyperledger/fabric-protos';
import { decodeCollections } from '@yici/ledger';
import { definitionArgs, type ChaincodeDefinition } from './definition.js';
import type { TransactionClient } from './client.js';

/** An approving department: its MSP id and its administrator's client at its own peer. */
export interface Approver {
  readonly mspId: string;
  readonly client: TransactionClient;
}

const lifecycleName = '_lifecycle';

/**
 * What is in force on the channel under a name, which may be less than a newer release would define; undefined when there
 * is none. If `at` is given, as known to that department's peer.
 */
export async function committedDefinition(
  client: TransactionClient,
  name: string,
  at?: string,
): Promise<ChaincodeDefinition | undefined> {
  // The list rather than a single definition: for an unknown name the latter is an error recognisable only by its text.
  const args = new peer.lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary();
  const payload = await client.evaluate({
    ...call('QueryChaincodeDefinitions', args),
    ...atPeerOf(at),
  });
  return definitionIn(payload, name);
}

/** The definition of a name in the answer to QueryChaincodeDefinitions. */
export function definitionIn(payload: Uint8Array, name: string): ChaincodeDefinition | undefined {
  const result = peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(payload);
  const found = result.getChaincodeDefinitionsList().find((each) => each.getName() === name);
  if (found === undefined) return undefined;
  const bytes = found.getCollections()?.serializeBinary() ?? new Uint8Array(0);
  const collections = decodeCollections(bytes);
  return {
    name,
    version: found.getVersion(),
    sequence: found.getSequence(),
    initRequired: found.getInitRequired(),
    validationParameter: found.getValidationParameter_asU8(),
    ...(collections.length > 0 && { collections }),
  };
}

/**
 * Approves the definition for every department that has not, with its own key at its own peer, and commits it. Can be
 * repeated after a crash: existing approvals are skipped, since Fabric refuses to approve the same content twice.
 */
export async function deploy(
  approvers: readonly Approver[],
  definition: ChaincodeDefinition,
  packageId: string,
): Promise<void> {
  const [first] = approvers;
  if (first === undefined) return;
  const approved = await approvals(first.client, definition);
  for (const approver of approvers) {
    if (approved.get(approver.mspId) !== true)
      await submitApproval(approver, definition, packageId);
  }
  await submitCommit(approvers, definition);
}

/** One department's approval of a definition, with the package it will run. Rejects with the gateway's own error. */
export function submitApproval(
  { client, mspId }: Approver,
  definition: ChaincodeDefinition,
  packageId: string,
): Promise<void> {
  return client.submit({
    ...call('ApproveChaincodeDefinitionForMyOrg', definitionArgs(definition, packageId)),
    endorsers: [mspId],
  });
}

/** Commits an approved definition: the first department submits, all endorse. Rejects with the gateway's own error. */
export async function submitCommit(
  approvers: readonly Approver[],
  definition: ChaincodeDefinition,
): Promise<void> {
  await approvers[0]?.client.submit({
    ...call('CommitChaincodeDefinition', definitionArgs(definition)),
    endorsers: approvers.map(({ mspId }) => mspId),
  });
}

/** Which departments have approved exactly this definition, by MSP id; if `at` is given, as known to that peer. */
export async function approvals(
  client: TransactionClient,
  definition: ChaincodeDefinition,
  at?: string,
): Promise<ReadonlyMap<string, boolean>> {
  const payload = await client.evaluate({
    ...call('CheckCommitReadiness', definitionArgs(definition)),
    ...atPeerOf(at),
  });
  const result = peer.lifecycle.CheckCommitReadinessResult.deserializeBinary(payload);
  return new Map(result.getApprovalsMap().toArray());
}

/** Which departments have approved the definition that the channel has. */
export async function approvalsOfCommitted(
  client: TransactionClient,
  name: string,
): Promise<ReadonlyMap<string, boolean>> {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(name);
  const payload = await client.evaluate(call('QueryChaincodeDefinition', args.serializeBinary()));
  const result = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(payload);
  return new Map(result.getApprovalsMap().toArray());
}

/** The package that a department approved for this sequence, known only to its own peer; undefined when there is none. */
export async function approvedPackage(
  { client, mspId }: Approver,
  { name, sequence }: ChaincodeDefinition,
): Promise<string | undefined> {
  const args = new peer.lifecycle.QueryApprovedChaincodeDefinitionsArgs();
  const payload = await client.evaluate({
    ...call('QueryApprovedChaincodeDefinitions', args.serializeBinary()),
    endorsers: [mspId],
  });
  const result = peer.lifecycle.QueryApprovedChaincodeDefinitionsResult.deserializeBinary(payload);
  return result
    .getApprovedChaincodeDefinitionsList()
    .find((each) => each.getName() === name && each.getSequence() === sequence)
    ?.getSource()
    ?.getLocalPackage()
    ?.getPackageId();
}

function atPeerOf(mspId: string | undefined) {
  return mspId === undefined ? {} : { endorsers: [mspId] };
}

/** A call of the lifecycle chaincode. */
function call(name: string, args: Uint8Array) {
  return { chaincode: lifecycleName, args: [Buffer.from(name, 'utf8'), args] };
}
