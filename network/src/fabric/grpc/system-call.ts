import { randomBytes } from 'node:crypto';
import { peer } from '@hyperledger/fabric-protos';
import { buildProposal, createSigner, encodeIdentity } from '@yici/ledger';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import type { IdentityFiles } from '../../pki/read.js';
import { rpcCode } from './codes.js';
import type { FabricPeer } from './peer-client.js';

/** A call of a system chaincode; without a channel it concerns the peer itself. */
interface SystemCall {
  readonly chaincode: 'cscc' | 'qscc' | '_lifecycle';
  readonly channel?: string;
  readonly args: readonly (string | Uint8Array)[];
}

/**
 * Has one peer run a system chaincode, signed by the identity given, and answers its payload: what only that peer does
 * (join a channel, install a package) goes to its endorser and to no ledger.
 * @throws NetworkError ACCESS_DENIED (the peer does not admit that identity), PEER_REFUSED (its own sentence);
 * RpcError when the peer does not answer
 */
export async function callSystemChaincode(
  target: FabricPeer,
  identity: IdentityFiles,
  call: SystemCall,
): Promise<Uint8Array> {
  const response = await answerOf(target, signedProposal(identity, call), call);
  const result = response.getResponse();
  const status = result?.getStatus() ?? 0;
  if (status >= 200 && status < 400) return result?.getPayload_asU8() ?? new Uint8Array();
  throw refusal(target, call, result?.getMessage() ?? 'no response');
}

async function answerOf(
  target: FabricPeer,
  proposal: Uint8Array,
  call: SystemCall,
): Promise<peer.ProposalResponse> {
  try {
    return await target.processProposal(proposal);
  } catch (error) {
    // A refusal before the chaincode ran comes as a plain Go error, which gRPC calls UNKNOWN; a peer that is not there is another matter.
    if (error instanceof RpcError && error.code === rpcCode.unknown)
      throw refusal(target, call, error.message);
    throw error;
  }
}

function refusal(target: FabricPeer, { chaincode, args }: SystemCall, message: string) {
  const [name] = args;
  const what = typeof name === 'string' ? `${chaincode}.${name}` : chaincode;
  const denied = accessDenied(message);
  return new NetworkError(
    denied ? 'ACCESS_DENIED' : 'PEER_REFUSED',
    `The peer ${target.address} refuses ${what}: ${message}`,
    { details: { address: target.address, call: what, message } },
  );
}

/** Fabric 3.1 has no code for it: core/endorser, core/aclmgmt and scc/cscc say so in these words. */
function accessDenied(message: string): boolean {
  return message.includes('access denied') || message.includes('Failed evaluating policy');
}

function signedProposal(identity: IdentityFiles, call: SystemCall): Uint8Array {
  const { bytes } = buildProposal({
    channel: call.channel ?? '',
    chaincode: call.chaincode,
    args: call.args.map((arg) => (typeof arg === 'string' ? Buffer.from(arg, 'utf8') : arg)),
    creator: encodeIdentity(identity.mspId, identity.certificatePem),
    nonce: randomBytes(24),
    timestamp: new Date(),
  });
  const message = new peer.SignedProposal();
  message.setProposalBytes(bytes);
  message.setSignature(createSigner(identity.keyPem)(bytes));
  return message.serializeBinary();
}
