import { randomBytes } from 'node:crypto';
import { createSigner, encodeIdentity, seekEnvelope } from '@yici/ledger';
import { TransactionClient, type PeerGateway } from '@yici/network/testing';
import type { UserFiles } from '../../integration/gateway/support/api.js';

/** What an attacker with a certificate reaches: every department's peer, past every gateway. */
export interface Peers {
  readonly channel: string;
  peer(mspId: string): PeerGateway & { readonly tlsCertHash?: Uint8Array };
  identity(user: string): Promise<UserFiles>;
}

export const deliverKinds = ['full', 'filtered', 'private'] as const;
export type DeliverKind = (typeof deliverKinds)[number];

/** Field 1 of peer.DeliverResponse, a varint. */
const statusTag = 0x08;

/** Everything that the peer of a department sends a user from one of its three Deliver services. */
export async function delivered(
  peers: Peers,
  ask: { at: string; as: string; kind: DeliverKind; height: number },
): Promise<Uint8Array[]> {
  const { mspId, certificatePem, keyPem } = await peers.identity(ask.as);
  const range = { channel: peers.channel, from: 0n, to: BigInt(ask.height - 1) };
  const peer = peers.peer(ask.at);
  const reader = {
    creator: encodeIdentity(mspId, certificatePem),
    sign: createSigner(keyPem),
    ...(peer.tlsCertHash && { tlsCertHash: peer.tlsCertHash }),
  };
  const envelope = await seekEnvelope(range, reader, new Date(), randomBytes(24));
  const messages: Uint8Array[] = [];
  for await (const message of peer.deliver(envelope, ask.kind)) {
    messages.push(message);
    // A status ends what was asked for; the stream itself stays open for the next question.
    if (message[0] === statusTag) break;
  }
  return messages;
}

/** What the peer of a department answers a user who signs a query: its answer, or the words of its refusal. */
export async function asked(
  peers: Peers,
  ask: { at: string; as: string; args: readonly string[]; now?: () => Date },
): Promise<{ readonly answer?: string; readonly refused?: string }> {
  const client = new TransactionClient({
    channel: peers.channel,
    gateway: peers.peer(ask.at),
    identity: await peers.identity(ask.as),
    now: ask.now ?? (() => new Date()),
  });
  const args = ask.args.map((arg) => Buffer.from(arg, 'utf8'));
  try {
    const answer = await client.evaluate({ chaincode: 'yici', args, endorsers: [ask.at] });
    return { answer: Buffer.from(answer).toString('utf8') };
  } catch (error) {
    return { refused: JSON.stringify(error, Object.getOwnPropertyNames(error)) };
  }
}
