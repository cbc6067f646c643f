import { randomUUID } from 'node:crypto';
import type { Caller } from '../callers/caller.js';
import { ContractError, GatewayError } from '../errors.js';
import type { Target } from '../peer/port.js';
import {
  commandSchema,
  type Endorsed,
  type PendingTransaction,
  type Proposed,
  type Refused,
  type Submitted,
} from './pending-model.js';
import { draftProposal, endorsedResult, signatureTime, type Moment } from './proposals.js';
import type { CommandRoute } from './route-table.js';

/** A record to store, and the proposal to sign if it differs from the stored one. */
export interface Drafted {
  readonly transaction: Proposed;
  readonly signable?: Uint8Array | undefined;
}

export interface CommandCall {
  readonly caller: Caller;
  readonly route: CommandRoute;
  readonly input: Record<string, unknown>;
  readonly idempotencyKey: string | null;
  /** Canonical JSON of the command's private part. */
  readonly secret?: string | undefined;
}

interface NewTransaction extends CommandCall {
  readonly issuedCaseNo: boolean;
  /** MSP ids of the only departments whose peers endorse. */
  readonly endorsers: readonly string[] | undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Begins with the time: the store then adds records at its end and does not merge each among all earlier ones. */
const newId = (now: Date): string =>
  `tr_${now.getTime().toString(16).padStart(12, '0')}${randomUUID().replaceAll('-', '').slice(12)}`;

const untilSigned = (now: Date): string => new Date(now.getTime() + signatureTime).toISOString();

export function newTransaction(target: Target, request: NewTransaction, moment: Moment): Drafted {
  const { caller, route, input, issuedCaseNo, idempotencyKey, endorsers } = request;
  const { mspId, user } = caller;
  const unproposed: Unproposed = {
    v: 1,
    id: newId(moment.now),
    command: route.name,
    issuedCaseNo,
    idempotencyKey,
    mspId,
    user,
    owner: caller.fingerprint,
    creator: base64(caller.creator),
    createdAt: moment.now.toISOString(),
    attempt: 1,
    earlier: [],
    input,
    ...(moment.secret === undefined ? {} : { privately: true as const }),
    ...(endorsers === undefined ? {} : { endorsers: [...endorsers] }),
  };
  return proposed(target, unproposed, route, moment);
}

/** A new attempt of the same command, with a new Fabric id, after a conflict or when the old proposal was not used. */
export function nextAttempt(
  target: Target,
  previous: PendingTransaction,
  route: CommandRoute,
  input: Record<string, unknown>,
  moment: Moment,
): Drafted {
  const attempt = previous.attempt + 1;
  const earlier = [...previous.earlier, previous.txId];
  const next = { ...commandSchema.parse(previous), attempt, earlier, input };
  return proposed(target, next, route, moment);
}

type Unproposed = Omit<Proposed, 'state' | 'txId' | 'timestamp' | 'proposal' | 'expiresAt'>;

function proposed(
  target: Target,
  unproposed: Unproposed,
  route: CommandRoute,
  moment: Moment,
): Drafted {
  const creator = Buffer.from(unproposed.creator, 'base64');
  const draft = draftProposal(target, creator, route.function, unproposed.input, moment);
  const transaction: Proposed = {
    ...unproposed,
    state: 'proposed',
    txId: draft.txId,
    timestamp: moment.now.toISOString(),
    proposal: base64(draft.proposal),
    expiresAt: untilSigned(moment.now),
  };
  return { transaction, signable: draft.signable };
}

/** @throws GatewayError PEER_REFUSED when the payload cannot be read */
export function asEndorsed(transaction: Proposed, payload: Uint8Array, now: Date): Endorsed {
  return {
    ...transaction,
    state: 'endorsed',
    payload: base64(payload),
    result: endorsedResult(payload),
    expiresAt: untilSigned(now),
  };
}

export function asSubmitted(transaction: Endorsed | Submitted, signature: Uint8Array): Submitted {
  return { ...transaction, state: 'submitted', payloadSignature: base64(signature) };
}

/** The record of a contract's refusal; undefined for any other failure. */
export function asRefused(transaction: Proposed, error: unknown): Refused | undefined {
  const isRefusal =
    error instanceof ContractError ||
    (error instanceof GatewayError && error.code === 'CONTRACT_REFUSED');
  if (!isRefusal) return undefined;
  const { code, message: detail } = error;
  const details = error instanceof ContractError ? error.details : {};
  return { ...transaction, state: 'refused', error: { code, detail, source: 'contract', details } };
}

/** Whether another gateway was first to use the case number that this gateway issued. */
export function isTakenCaseNo({ issuedCaseNo, error }: Refused): boolean {
  return issuedCaseNo && error.code === 'ALREADY_EXISTS';
}
