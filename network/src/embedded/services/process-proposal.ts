import { status } from '@grpc/grpc-js';
import { encodeResponse, WireWriter } from '@yici/ledger';
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

/** peer.ProposalResponse bytes: version, response, payload, endorsement. */
async function proposalResponse(
  { response, payload, endorsable }: Simulated,
  mspId: string,
  endorser: Endorser,
): Promise<Uint8Array> {
  const message = new WireWriter();
  const endorsed = endorsable && payload !== undefined;
  if (endorsed) message.varint(1, 1);
  message.message(4, encodeResponse(response)).bytes(5, payload);
  if (endorsed) {
    const { endorser: identity, signature } = await endorser.sign(payload, mspId);
    message.message(6, new WireWriter().bytes(1, identity).bytes(2, signature));
  }
  return message.finish();
}

function failureResponse(message: string): Uint8Array {
  const response = encodeResponse({ status: 500, message, payload: new Uint8Array(0) });
  return new WireWriter().message(4, response).finish();
}
