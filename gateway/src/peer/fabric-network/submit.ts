import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { z } from 'zod';
import { PeerFailureError, type PeerFailureDetail } from '../failures.js';
import { isOverdue, messageOf } from './failure.js';
import { withDeadline, type Node } from './node.js';
import type { SdkCommitter, SdkEnvelope } from './sdk.js';

/** orderer.BroadcastResponse as decoded by the SDK: the status is a name. */
const broadcastResponse = z.object({ status: z.string(), info: z.string().default('') });

const statusNumbers = new Map<string, number>(Object.entries(common.Status));

/**
 * AtomicBroadcast.Broadcast on one orderer, on the next one when it cannot take the envelope. With Raft one is enough:
 * a follower forwards it to the leader, and an envelope submitted twice is valid once.
 * @throws PeerFailureError ABORTED (refused), UNAVAILABLE (no orderer took it), DEADLINE_EXCEEDED (unknown)
 */
export async function broadcast(
  orderers: readonly Node<SdkCommitter>[],
  envelope: SdkEnvelope,
  deadline: number,
): Promise<void> {
  const said: PeerFailureDetail[] = [];
  for (const orderer of orderers) {
    const problem = await sendTo(orderer, envelope, deadline);
    if (problem === undefined) return;
    said.push(orderer.detail(problem));
  }
  const text = 'no orderers could successfully process transaction';
  throw new PeerFailureError(status.UNAVAILABLE, text, said);
}

/** Undefined when the orderer took it, otherwise the reason for trying another one. */
async function sendTo(
  orderer: Node<SdkCommitter>,
  envelope: SdkEnvelope,
  deadline: number,
): Promise<string | undefined> {
  let answer: z.infer<typeof broadcastResponse>;
  try {
    const committer = await orderer.ready();
    const sent = committer.sendBroadcast(envelope, deadline + 1_000);
    answer = broadcastResponse.parse(await withDeadline(deadline, orderer.address, sent));
  } catch (error) {
    if (isOverdue(error)) throw error;
    return messageOf(error);
  }
  const number = statusNumbers.get(answer.status) ?? common.Status.INTERNAL_SERVER_ERROR;
  if (number === common.Status.SUCCESS) return undefined;
  const text = `status=${answer.status}, info=${answer.info}`;
  if (number >= common.Status.INTERNAL_SERVER_ERROR) return text;
  throw new PeerFailureError(
    status.ABORTED,
    `received unsuccessful response from orderer: ${text}`,
    [orderer.detail(text)],
  );
}
