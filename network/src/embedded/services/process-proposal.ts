import { status } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors.js';
import type { Endorser, Simulated } from '../endorse/endorser.js';
import type { CheckedProposal } from '../endorse/proposal.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { RpcError } from './rpc-error.js';

interface ProcessProposalDependencies {
  readonly endorser: Endorser;
  readonly ledger: ChannelLedger;
}

/**
 * The Endorser service of one department's peer: protos.SignedProposal bytes in, ProposalResponse bytes out. A malformed or
 * refused proposal is an error (gRPC UNKNOWN, as from Go); one that fails in simulation is a response with status 500.
 */
export async function processProposal(
  bytes: Uint8Array,
  mspId: string,
  { endorser, ledger }: ProcessProposalDependencies,
): Promise<Uint8Array> {
  let checked: CheckedProposal;
  try {
    checked = await endorser.check(bytes);
  } catch (error) {
    const { message } = toError(error);
    if (error instanceof NetworkError && error.details['channel'] !== undefined) {
      return failureResponse(message);
    }
    throw new RpcError(status.UNKNOWN, message);
  }
  try {
    const simulated = await endorser.simulate(checked, mspId);
    if (simulated.endorsable && simulated.writes.length > 0) {
      await ledger.stagePrivate(checked.proposal.transactionId, simulated.writes);
    }
    return await proposalResponse(simulated, mspId, endorser);
  } catch (error) {
    return failureResponse(toError(error).message);
  }
}

async function proposalResponse(
  simulated: Simulated,
  mspId: string,
  endorser: Endorser,
): Promise<Uint8Array> {
  const message = new peer.ProposalResponse();
  message.setResponse(responseOf(simulated));
  if (simulated.payload) {
    message.setPayload(simulated.payload);
  }
  if (simulated.endorsable && simulated.payload) {
    const { endorser: identity, signature } = await endorser.sign(simulated.payload, mspId);
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(identity);
    endorsement.setSignature(signature);
    message.setVersion(1);
    message.setEndorsement(endorsement);
  }
  return message.serializeBinary();
}

function responseOf({ response }: Simulated): peer.Response {
  const message = new peer.Response();
  message.setStatus(response.status);
  message.setMessage(response.message);
  message.setPayload(response.payload);
  return message;
}

function failureResponse(text: string): Uint8Array {
  const response = new peer.Response();
  response.setStatus(500);
  response.setMessage(text);
  const message = new peer.ProposalResponse();
  message.setResponse(response);
  return message.serializeBinary();
}
