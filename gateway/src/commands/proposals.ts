import { randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson } from '@yici/chaincode/model';
import {
  buildProposal,
  parseEnvelope,
  parseProposal,
  parseTransaction,
  buildEnvelope,
} from '@yici/ledger';
import { GatewayError } from '../errors.js';
import type { Caller } from '../sessions/caller.js';
import type { PendingTransaction } from './pending-model.js';
import type { CommandRoute } from './route-table.js';

/** Which chaincode on which channel the gateway's commands go to. */
export interface Target {
  readonly channel: string;
  readonly chaincode: string;
}

/**
 * How long a signature is waited for, in milliseconds. Fabric 3 refuses proposals older than 15 minutes
 * (core/handlers/auth/filter/timewindow.go); ten leave room for clocks that differ.
 */
export const signatureTime = 10 * 60_000;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** One attempt's proposal: the command's function and ONE argument, the canonical JSON of its input. */
export function draftProposal(
  target: Target,
  creator: Uint8Array,
  wireFunction: string,
  input: unknown,
  now: Date,
): { readonly txId: string; readonly proposal: Uint8Array } {
  const built = buildProposal({
    ...target,
    args: [utf8(wireFunction), utf8(canonicalJson(input))],
    creator,
    nonce: randomBytes(24),
    timestamp: now,
  });
  return { txId: built.transactionId, proposal: built.bytes };
}

export interface NewTransaction {
  readonly caller: Caller;
  readonly route: CommandRoute;
  readonly input: Record<string, unknown>;
  readonly issuedCaseNo: boolean;
  readonly idempotencyKey: string | null;
}

/** The record of a transaction's first attempt. */
export function newTransaction(
  target: Target,
  request: NewTransaction,
  now: Date,
): PendingTransaction {
  const { caller, route, input } = request;
  const { txId, proposal } = draftProposal(target, caller.creator, route.function, input, now);
  return {
    v: 1,
    id: `tr_${randomUUID().replaceAll('-', '')}`,
    attempt: 1,
    command: route.name,
    input,
    issuedCaseNo: request.issuedCaseNo,
    owner: caller.fingerprint,
    mspId: caller.mspId,
    user: caller.user,
    creator: base64(caller.creator),
    ...unsigned(txId, proposal, now),
    earlier: [],
    idempotencyKey: request.idempotencyKey,
    createdAt: now.toISOString(),
  };
}

/** The same command again, as a new attempt with a new Fabric id: the old one ended in a conflict or was never used. */
export function nextAttempt(
  target: Target,
  previous: PendingTransaction,
  route: CommandRoute,
  input: Record<string, unknown>,
  now: Date,
): PendingTransaction {
  const creator = Buffer.from(previous.creator, 'base64');
  const { txId, proposal } = draftProposal(target, creator, route.function, input, now);
  return {
    ...previous,
    attempt: previous.attempt + 1,
    input,
    ...unsigned(txId, proposal, now),
    earlier: [...previous.earlier, previous.txId],
  };
}

/** An attempt that waits for the first signature. */
function unsigned(txId: string, proposal: Uint8Array, now: Date) {
  return {
    state: 'proposed' as const,
    txId,
    timestamp: now.toISOString(),
    proposal: base64(proposal),
    proposalSignature: null,
    payload: null,
    payloadSignature: null,
    result: null,
    error: null,
    expiresAt: new Date(now.getTime() + signatureTime).toISOString(),
  };
}

/** What the contract returned, read from the payload that is to be signed. */
export function endorsedResult(payload: Uint8Array): unknown {
  try {
    const envelope = parseEnvelope(buildEnvelope(payload, new Uint8Array()));
    const text = Buffer.from(parseTransaction(envelope.data).response.payload).toString('utf8');
    return text === '' ? null : JSON.parse(text);
  } catch (cause) {
    throw new GatewayError(
      'PEER_REFUSED',
      'The peer answered with a transaction that cannot be read.',
      { cause },
    );
  }
}

/** What a proposal's bytes say, for whoever signs them to compare with what was asked for. */
export function proposalSummary(bytes: Uint8Array) {
  const proposal = parseProposal(bytes);
  const name = proposal.args[0] ?? new Uint8Array();
  return {
    channel: proposal.channel,
    chaincode: proposal.chaincode,
    function: Buffer.from(name).toString('utf8'),
  };
}
