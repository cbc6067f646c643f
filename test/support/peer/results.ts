import type { Contract } from '@hyperledger/fabric-gateway';
import { gateway } from '@hyperledger/fabric-protos';
import { decodeEnvelope, decodePayload, parseTransaction } from '@yici/ledger';

/** TxReadWriteSet bytes that the peers endorse for a call. */
export async function endorsedResults(
  contract: Contract,
  name: string,
  args: readonly (string | Uint8Array)[],
): Promise<Uint8Array> {
  const transaction = await contract.newProposal(name, { arguments: [...args] }).endorse();
  return resultsOf(transaction.getBytes());
}

/** TxReadWriteSet bytes inside the bytes of a fabric-gateway Transaction. */
export function resultsOf(transaction: Uint8Array): Uint8Array {
  const prepared = gateway.PreparedTransaction.deserializeBinary(transaction);
  const envelope = decodeEnvelope(prepared.getEnvelope()?.serializeBinary() ?? new Uint8Array(0));
  return parseTransaction(decodePayload(envelope.payload).data).results;
}
