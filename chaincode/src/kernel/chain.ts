import { actorOf, type Member } from './caller';
import { canonicalDigest } from './canonical';
import { shanghaiDate } from './days';
import type { Actor } from './roles';

/** The instant and the day a rule works with. */
export interface Now {
  readonly at: string;
  readonly today: string;
}

/**
 * The time of an act is the one its signer set, even if an earlier event of the chain has a later time: a signer whose clock
 * is ahead must not make others late. Events are ordered by their numbers; time/beacon.ts and calendar/passed.ts bound their
 * times.
 */
export function nowFor({ at }: Pick<Member, 'at'>): Now {
  return { at, today: shanghaiDate(at) };
}

/** What a record holds of its chain: the digest of the newest event and the number of events. */
export interface ChainHead {
  readonly head: string;
  readonly nextSeq: number;
}

/** What every event of a chain has, whatever the chain is of. */
export interface ChainLink {
  readonly v: 1;
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly by: Actor;
  readonly txId: string;
  readonly data: Record<string, unknown>;
}

export interface ChainAct {
  readonly member: Member;
  readonly at: string;
  /** The instant up to which the limits that it ends are judged, where that is another than its own. */
  readonly judgedAt?: string;
  /** The command as given. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The act by which its signer does a command now. */
export function actOf<T extends string>(type: T, input: ChainAct['input'], member: Member) {
  return { type, input, member, at: member.at };
}

/** The next link of a chain: it holds the digest of the event before it. `idField` is left out of its data. */
export function nextLink(
  chain: ChainHead | undefined,
  { member, at, input }: ChainAct,
  idField: string,
): ChainLink {
  return {
    v: 1,
    seq: chain?.nextSeq ?? 0,
    prev: chain?.head ?? chainStart,
    at,
    by: actorOf(member),
    txId: member.txId,
    data: Object.fromEntries(Object.entries(input).filter(([name]) => name !== idField)),
  };
}

/** The chain with an event added: a missing, changed or added event shows (R13). */
export function withLink(event: { readonly seq: number }): { head: string; nextSeq: number } {
  return { head: canonicalDigest(event), nextSeq: event.seq + 1 };
}

/** `prev` of a case's first event. */
export const chainStart = '0'.repeat(64);
