import { randomBytes } from 'node:crypto';
import type { peer } from '@hyperledger/fabric-protos';
import { signerOf } from '@yici/keys';
import { buildEnvelope, buildProposal, encodeIdentity } from '@yici/ledger';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import type { IdentityFiles } from '../../pki/read.js';
import { rpcCode } from './codes.js';
import type { FabricPeer } from './peer-client.js';

/** A peer, and the identity that asks it: of an administrator, or of a reader. */
export interface PeerAccess {
  readonly peer: FabricPeer;
  readonly admin: IdentityFiles;
}

/** A call of a system chaincode; without a channel it concerns the peer itself. */
interface SystemCall {
  readonly chaincode: 'cscc' | 'qscc' | '_lifecycle';
  readonly channel?: string;
  readonly args: readonly (string | Uint8Array)[];
}

/**
 * Executes a system chaincode on one peer, signed by the given identity, and returns its payload. For operations of a
 * single peer (join a channel, install a package), which are endorsed but not submitted.
 * @throws NetworkError ACCESS_DENIED (the peer does not admit that identity), PEER_REFUSED (with the peer's message);
 * RpcError when the peer does not answer
 */
export async function callSystemChaincode(
  { peer: target, admin }: PeerAccess,
  call: SystemCall,
): Promise<Uint8Array> {
  const response = await answerOf(target, signedProposal(admin, call), call);
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
    // A refusal before the chaincode ran is a plain Go error, gRPC status UNKNOWN; an unreachable peer has another status.
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
    {
      zh: `对等节点 ${target.address} 拒绝 ${what}：${message}`,
      en: `The peer ${target.address} refuses ${what}: ${message}`,
    },
    { details: { address: target.address, call: what, message } },
  );
}

/** Fabric 3.1 has no code for it: core/endorser, core/aclmgmt and scc/cscc use these texts. */
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
  // peer.SignedProposal has an envelope's two fields: bytes and signature.
  return buildEnvelope(bytes, signerOf(identity.keyPem)(bytes));
}
