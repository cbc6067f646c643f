import { common, peer } from '@hyperledger/fabric-protos';
import {
  decodeIdentity,
  headerType,
  newTransactionId,
  parseSignedProposal,
  timestampToDate,
  type ParsedProposal,
  type ParsedSignedProposal,
  type ValidatedIdentity,
} from '@yici/ledger';
import { NetworkError, quoted } from '../../errors.js';
import type { Clock } from '../../clock.js';
import { toError } from '../../to-error.js';
import type { AccessControl } from './access.js';

/** `peer.authentication.timewindow` of a peer's core.yaml in Fabric's release, in seconds. */
export const defaultWindowSeconds = 15 * 60;

/** The clock that proposals are held against, and how far from it they may be. */
interface TimeCheck {
  readonly clock: Clock;
  readonly windowSeconds: number;
}

/** A proposal with valid headers, creator and signature. */
export interface CheckedProposal extends ParsedSignedProposal {
  readonly creator: ValidatedIdentity;
  readonly signedProposal: peer.SignedProposal;
  readonly input: peer.ChaincodeInput;
}

/** Decodes a signed proposal completely. @throws NetworkError ENDORSEMENT_REFUSED */
export function readSignedProposal(bytes: Uint8Array): ParsedSignedProposal {
  try {
    return parseSignedProposal(bytes);
  } catch (error) {
    throw notEndorsed(toError(error).message, { cause: error });
  }
}

/**
 * The filters before a peer's endorser: the creator's certificate has not expired, and the proposal's time is within
 * the window around the peer's time (core/handlers/auth/filter). @throws NetworkError ENDORSEMENT_REFUSED
 */
export function checkTime(
  proposal: ParsedProposal,
  access: AccessControl,
  { clock, windowSeconds }: TimeCheck,
): void {
  const now = clock();
  const expiry = expiryOf(proposal.creator, access);
  if (expiry && now > expiry) {
    throw notEndorsed('proposal client identity expired');
  }
  const { timestamp } = proposal.channelHeader;
  const claimed = timestamp ? timestampToDate(timestamp) : new Date(0);
  if (Math.abs(claimed.getTime() - now.getTime()) > windowSeconds * 1000) {
    throw notEndorsed(
      `request unauthorized due to incorrect timestamp ${seconds(claimed)}, peer time ${seconds(now)}, peer.authentication.timewindow ${goDuration(windowSeconds)}`,
    );
  }
}

function expiryOf(creator: Uint8Array, access: AccessControl): Date | undefined {
  try {
    return access.identity(creator).certificate.notAfter;
  } catch {
    // An unknown identity is refused by the next check, with the proper message.
    return undefined;
  }
}

/** Formatted as a Go duration: `5m0s`, `30s`. */
function goDuration(all: number): string {
  const minutes = Math.floor(all / 60);
  return minutes === 0 ? `${all}s` : `${minutes}m${all % 60}s`;
}

function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/**
 * The checks of core/endorser/msgvalidation.go: header type, epoch, nonce, creator, transaction id, and that the
 * creator's valid certificate made the signature. @throws NetworkError ENDORSEMENT_REFUSED
 */
export async function checkProposal(
  signed: ParsedSignedProposal,
  access: AccessControl,
): Promise<CheckedProposal> {
  const { proposal } = signed;
  const fault = headerFault(proposal);
  if (fault !== undefined) {
    throw notEndorsed(`error validating proposal: ${fault}`);
  }
  const creator = await verifiedCreator(signed, access);
  const signedProposal = new peer.SignedProposal();
  signedProposal.setProposalBytes(signed.proposalBytes);
  signedProposal.setSignature(signed.signature);
  const input = new peer.ChaincodeInput();
  input.setArgsList([...proposal.args]);
  input.setIsInit(proposal.isInit);
  return { ...signed, creator, signedProposal, input };
}

function headerFault(proposal: ParsedProposal): string | undefined {
  const { type, epoch } = proposal.channelHeader;
  if (type !== headerType.endorserTransaction && type !== common.HeaderType.CONFIG) {
    return `invalid header type ${type}`;
  }
  if (epoch !== 0n) {
    return 'epoch is non-zero';
  }
  if (proposal.nonce.length === 0) {
    return 'nonce is empty';
  }
  if (proposal.creator.length === 0) {
    return 'creator is empty';
  }
  const expected = newTransactionId(proposal.creator, proposal.nonce);
  return proposal.transactionId === expected
    ? undefined
    : `incorrectly computed txid '${proposal.transactionId}' -- expected '${expected}'`;
}

async function verifiedCreator(
  signed: ParsedSignedProposal,
  access: AccessControl,
): Promise<ValidatedIdentity> {
  const { creator: identity, channel } = signed.proposal;
  const { proposalBytes: message, signature } = signed;
  try {
    return await access.verified({ identity, message, signature });
  } catch (error) {
    const who = access.knows(identity)
      ? `[${decodeIdentity(identity).mspId}]`
      : 'unknown, creator is malformed';
    // As in Fabric, the client gets no further detail: the reason is in the peer's log.
    throw notEndorsed(
      `error validating proposal: access denied: channel [${channel}] creator org ${who}`,
      { cause: error },
    );
  }
}

/** A refusal to endorse, in Fabric's wording. */
export const notEndorsed = (
  said: string,
  options?: ConstructorParameters<typeof NetworkError>[2],
): NetworkError =>
  new NetworkError('ENDORSEMENT_REFUSED', quoted(said, '对等节点没有背书'), options);
