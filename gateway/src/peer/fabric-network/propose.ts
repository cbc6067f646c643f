import { status } from '@grpc/grpc-js';
import { z } from 'zod';
import { PeerFailureError } from '../failures.js';
import { statusOf, messageOf } from './failure.js';
import { withDeadline, type Node } from './node.js';
import type { SdkEndorser, SdkSignedProposal } from './sdk.js';

const bytes = z.instanceof(Uint8Array);

/** protos.ProposalResponse as decoded by the SDK. */
const proposalResponse = z.object({
  payload: bytes,
  response: z.object({ status: z.number(), message: z.string(), payload: bytes }),
  endorsement: z.object({ endorser: bytes, signature: bytes }).nullish(),
});
export type ProposalResponse = z.infer<typeof proposalResponse>;

/**
 * Endorser.ProcessProposal on one peer with a signed proposal.
 * @throws PeerFailureError UNAVAILABLE, DEADLINE_EXCEEDED, or the peer's own status with the peer's message in its details
 */
export async function processProposal(
  node: Node<SdkEndorser>,
  signed: SdkSignedProposal,
  deadline: number,
): Promise<ProposalResponse> {
  const endorser = await node.ready();
  try {
    // The SDK's timer must not expire before ours, because it gives no status.
    const sent = endorser.sendProposal(signed, deadline + 1_000);
    return proposalResponse.parse(await withDeadline(deadline, node.address, sent));
  } catch (error) {
    throw new PeerFailureError(nodeStatus(error), messageOf(error), [
      node.detail(messageOf(error)),
    ]);
  }
}

/** Calls are never cancelled here; CANCELLED therefore means that the connection was lost. */
function nodeStatus(error: unknown): number {
  const code = statusOf(error);
  return code === cancelled ? status.UNAVAILABLE : code;
}

const cancelled: number = status.CANCELLED;

/** Why a response is not an endorsement, in the wording of Fabric's gateway; undefined when it is one. */
export function refusalOf({ response }: ProposalResponse): string | undefined {
  const good = response.status >= 200 && response.status < 400;
  return good ? undefined : `chaincode response ${String(response.status)}, ${response.message}`;
}

/** A refusal in an evaluation, in the form of internal/pkg/gateway/evaluate.go. */
export function evaluationRefused(node: Node<SdkEndorser>, said: string): PeerFailureError {
  const text = `evaluate call to endorser returned error: ${said}`;
  return new PeerFailureError(status.UNKNOWN, text, [node.detail(said)]);
}
