import { randomBytes } from 'node:crypto';
import { canonicalJson } from '@yici/domain/model';
import {
  buildProposal,
  parseEnvelope,
  parseProposal,
  parseTransaction,
  buildEnvelope,
} from '@yici/ledger';
import { GatewayError } from '../errors.js';
import type { Target } from '../peer/port.js';

/**
 * How long each of the two signatures is waited for, in milliseconds. Peers refuse proposals that are older than their time
 * window, five minutes as a rule (core/handlers/auth/filter/timewindow.go), and an act that has been on its way for
 * twelve may not commit: three leave room for clocks that differ.
 */
export const signatureTime = 3 * 60_000;

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
export interface Moment {
  readonly now: Date;
  readonly secret?: string | undefined;
}

/** One attempt's proposal. `signable` is the same with the transient map, where there is something private. */
interface Draft {
  readonly txId: string;
  readonly proposal: Uint8Array;
  readonly signable?: Uint8Array;
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
