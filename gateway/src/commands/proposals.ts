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
import type { Caller } from '../callers/caller.js';
import type { Target } from '../peer/port.js';
import type { PendingTransaction } from './pending-model.js';
import type { CommandRoute } from './route-table.js';

/**
 * How long each of the two signatures is waited for, in milliseconds. Peers refuse proposals that are older than their time
 * window, five minutes as a rule (core/handlers/auth/filter/timewindow.go), and an act that has been on its way for
 * twelve may not commit: three leave room for clocks that differ.
 */
export const signatureTime = 3 * 60_000;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** One attempt's proposal: the command's function and ONE argument, the canonical JSON of its input. */
export function draftProposal(
  target: Target,
  creator: Uint8Array,
  wireFunction: string,
  input: unknown,
  { now, secret }: Moment,
): Draft {
  const parts = {
    ...target,
    args: [utf8(wireFunction), utf8(canonicalJson(input))],
    creator,
    nonce: randomBytes(24),
    timestamp: now,
  };
  const built = buildProposal(parts);
  const draft = { txId: built.transactionId, proposal: built.bytes };
  if (secret === undefined) return draft;
  const transient = new Map([[privateEntry, utf8(secret)]]);
  return { ...draft, signable: buildProposal({ ...parts, transient }).bytes };
}

/** The entry of the transient map that a command's private part goes into. */
const privateEntry = 'private';

/** When a proposal is made, and what of it is confidential. */
interface Moment {
  readonly now: Date;
  readonly secret?: string | undefined;
}

/** One attempt's proposal. `signable` is the same with the transient map, where there is something private. */
interface Draft {
  readonly txId: string;
  readonly proposal: Uint8Array;
  readonly signable?: Uint8Array;
}

/** A record to be stored, and the proposal to be signed where it differs from the stored one. */
export interface Drafted {
  readonly transaction: PendingTransaction;
  readonly signable?: Uint8Array | undefined;
}

interface NewTransaction {
  readonly caller: Caller;
  readonly route: CommandRoute;
  readonly input: Record<string, unknown>;
  readonly issuedCaseNo: boolean;
  readonly idempotencyKey: string | null;
  /** Canonical JSON of the private part. */
  readonly secret?: string | undefined;
  /** Departments whose peers endorse, and nobody else's, by MSP id. */
  readonly endorsers?: readonly string[] | undefined;
}

/** The record of a transaction's first attempt. */
export function newTransaction(target: Target, request: NewTransaction, now: Date): Drafted {
  const { caller, route, input, secret, endorsers } = request;
  const moment = { now, secret };
  const draft = draftProposal(target, caller.creator, route.function, input, moment);
  const { txId, proposal, signable } = draft;
  const transaction: PendingTransaction = {
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
    ...(secret === undefined ? {} : { privately: true as const }),
    ...(endorsers === undefined ? {} : { endorsers: [...endorsers] }),
  };
  return { transaction, signable };
}

/** The same command again, as a new attempt with a new Fabric id: the old one ended in a conflict or was never used. */
export function nextAttempt(
  target: Target,
  previous: PendingTransaction,
  route: CommandRoute,
  input: Record<string, unknown>,
  { now, secret }: Moment,
): Drafted {
  const creator = Buffer.from(previous.creator, 'base64');
  const draft = draftProposal(target, creator, route.function, input, { now, secret });
  const { txId, proposal, signable } = draft;
  const transaction: PendingTransaction = {
    ...previous,
    attempt: previous.attempt + 1,
    input,
    ...unsigned(txId, proposal, now),
    earlier: [...previous.earlier, previous.txId],
  };
  return { transaction, signable };
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
