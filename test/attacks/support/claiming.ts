import { randomBytes } from 'node:crypto';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { buildProposal, seekEnvelope } from '@yici/ledger';

const noSignature = randomBytes(70);

/** Requests to a peer's services, on a connection of its own, of whoever claims a creator and has no signature of it. */
export async function claiming(channel: string, creator: Uint8Array, tlsCertHash: Uint8Array) {
  const nobody = { creator, sign: () => noSignature, tlsCertHash };
  const range = { channel, from: 0n, to: 0n };
  return {
    evaluate: evaluateRequest(channel, creator),
    commitStatus: statusRequest(channel, creator),
    seek: await seekEnvelope(range, nobody, new Date(), randomBytes(24)),
  };
}

function evaluateRequest(channel: string, creator: Uint8Array): Uint8Array {
  const nonce = randomBytes(24);
  const given = { channel, chaincode: 'yici', creator, nonce, timestamp: new Date() };
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(buildProposal({ ...given, args: [Buffer.from('x')] }).bytes);
  signed.setSignature(noSignature);
  const request = new gateway.EvaluateRequest();
  request.setChannelId(channel);
  request.setProposedTransaction(signed);
  return request.serializeBinary();
}

function statusRequest(channel: string, creator: Uint8Array): Uint8Array {
  const asked = new gateway.CommitStatusRequest();
  asked.setChannelId(channel);
  asked.setTransactionId('0'.repeat(64));
  asked.setIdentity(creator);
  const signed = new gateway.SignedCommitStatusRequest();
  signed.setRequest(asked.serializeBinary());
  signed.setSignature(noSignature);
  return signed.serializeBinary();
}
