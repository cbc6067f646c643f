import { peer } from '@hyperledger/fabric-protos';
import { approvalArgs, commitArgs, type ChaincodeDefinition } from './definition.js';
import type { TransactionClient } from './client.js';

/** A department that approves: its MSP id and its administrator's client at its own peer. */
export interface Approver {
  readonly mspId: string;
  readonly client: TransactionClient;
}

const lifecycleName = '_lifecycle';

/** The sequence that is committed on the channel, 0 when the chaincode is not. */
export async function committedSequence(client: TransactionClient, name: string): Promise<number> {
  // The list and not the one definition: an unknown name is an error there, told apart by its text alone.
  const payload = await client.evaluate(
    call(
      'QueryChaincodeDefinitions',
      new peer.lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary(),
    ),
  );
  const result = peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(payload);
  const found = result.getChaincodeDefinitionsList().find((each) => each.getName() === name);
  return found?.getSequence() ?? 0;
}

/** Approves the definition for every department, each with its own key at its own peer, and commits it. */
export async function deploy(
  approvers: readonly Approver[],
  definition: ChaincodeDefinition,
  packageId: string,
): Promise<void> {
  for (const { mspId, client } of approvers) {
    await client.submit({
      ...call('ApproveChaincodeDefinitionForMyOrg', approvalArgs(definition, packageId)),
      endorsers: [mspId],
    });
  }
  const [first] = approvers;
  await first?.client.submit({
    ...call('CommitChaincodeDefinition', commitArgs(definition)),
    endorsers: approvers.map(({ mspId }) => mspId),
  });
}

function call(name: string, args: Uint8Array) {
  return { chaincode: lifecycleName, args: [Buffer.from(name, 'utf8'), args] };
}
