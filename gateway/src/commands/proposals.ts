import { randomBytes } from 'node:crypto';
import { canonicalJson } from '@yici/domain/model';
import { buildProposal, decodePayload, parseProposal, transactionResponse } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import type { Target } from '../peer/port.js';

/**
 * Time limit for each of the two signatures, in milliseconds. Peers refuse proposals older than their time window, by
 * default five minutes (core/handlers/auth/filter/timewindow.go), and an act must commit within twelve; three minutes
 * leave a margin for clock differences.
 */
export const signatureTime = 3 * 60_000;

/** How far ahead of this gateway's clock a proposal may be dated, in milliseconds: clients sign none that is further from theirs. */
export const mostAhead = 2 * 60_000;

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** Builds the proposal of an attempt: the command's function with one argument, the canonical JSON of its input. */
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

/** The entry of the transient map with a command's private part. */
const privateEntry = 'private';

/** The time of a proposal, and its confidential part. */
export interface Moment {
  readonly now: Date;
  readonly secret?: string | undefined;
}

/** An attempt's proposal; `signable` is the same with the transient map, if it has a private part. */
interface Draft {
  readonly txId: string;
  readonly proposal: Uint8Array;
  readonly signable?: Uint8Array;
}

/** The contract's result, from the payload to be signed. */
export function endorsedResult(payload: Uint8Array): unknown {
  try {
    const response = transactionResponse(decodePayload(payload).data);
    const text = Buffer.from(response.payload).toString('utf8');
    return text === '' ? null : JSON.parse(text);
  } catch (cause) {
    throw new GatewayError(
      'PEER_REFUSED',
      'The peer answered with a transaction that cannot be read.',
      { cause },
    );
  }
}

/** Decodes a proposal's bytes, so that the signer can compare them with the request. */
export function proposalSummary(bytes: Uint8Array) {
  const proposal = parseProposal(bytes);
  const name = proposal.args[0] ?? new Uint8Array();
  return {
    channel: proposal.channel,
    chaincode: proposal.chaincode,
    function: Buffer.from(name).toString('utf8'),
  };
}
