import { eventOf, found, type Member, type Outcome, type Rule } from '../kernel/caller';
import { nextLink, withLink, type ChainAct } from '../kernel/chain';
import type { CommandName } from '../kernel/commands';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { ContractEvent } from '../kernel/events';
import type { LedgerRecord } from '../kernel/records';
import type { ShareState } from '../kernel/share-states';
import type {
  Delivery,
  ShareEventRecord,
  ShareEventType,
  ShareGrantRecord,
  ShareRecord,
} from './records';

/** A share and its grant, as an act finds them. */
export interface ShareAndGrant {
  readonly share: ShareRecord | undefined;
  readonly grant: ShareGrantRecord | undefined;
}

/** A rule whose answer is the share; most look at nothing but the share and its grant. */
export type ShareRule<N extends CommandName, State = ShareAndGrant> = Rule<N, State, ShareRecord>;

/** A share as a rule leaves it, before the chain is moved on. */
export type ShareBody = Omit<ShareRecord, 'head' | 'nextSeq' | 'updatedAt'>;

export interface ShareAct extends ChainAct {
  readonly type: ShareEventType & ContractEvent['name'];
}

/**
 * The share, if its state allows the act.
 * @throws ContractError NOT_FOUND, WRONG_STATE
 */
export function openShare(
  record: ShareRecord | undefined,
  shareId: string,
  allowed: readonly ShareState[],
): ShareRecord {
  const known = found(record, { shareId });
  if (!allowed.includes(known.state)) {
    throw new ContractError('WRONG_STATE', { shareId, state: known.state, allowed });
  }
  return known;
}

/**
 * Adds the act to the share's chain. A delivery is written under the grant's key alone, where only provider and requester
 * endorse; the next act of the share takes it up into the chain, before itself.
 */
export function recordShareAct(
  { share: before, grant }: Partial<ShareAndGrant>,
  act: ShareAct,
  body: ShareBody,
): Outcome<ShareRecord> {
  const taken = takeUp(before, grant);
  const event: ShareEventRecord = {
    kind: 'shareEvent',
    ...nextLink(taken.chain, act, 'shareId'),
    shareId: body.shareId,
    type: act.type,
    state: body.state,
  };
  const main: ShareRecord = {
    ...body,
    deliveries: taken.deliveries,
    updatedAt: taken.events.reduce(
      (at, each) => later(at, each.at),
      later(act.at, before?.updatedAt ?? ''),
    ),
    ...withLink(event),
  };
  return { main, also: [...taken.events, event], event: noticeOf(main, act, event.seq) };
}

/** The same outcome with another record as its answer: the share and its events are written beside it. */
export function beside<R extends LedgerRecord>(
  main: R,
  outcome: Outcome<ShareRecord>,
  ids: Partial<ContractEvent> = {},
): Outcome<R> {
  return {
    main,
    also: [outcome.main, ...outcome.also],
    event: { ...outcome.event, ...ids },
  };
}

function noticeOf(share: ShareRecord, act: ShareAct, seq: number): ContractEvent {
  return {
    ...eventOf(act.type, act.member, act.at),
    shareId: share.shareId,
    datasetId: share.datasetId,
    seq,
    shareState: share.state,
    parties: share.parties,
  };
}

function takeUp(before: ShareRecord | undefined, grant: ShareGrantRecord | undefined) {
  const events: ShareEventRecord[] = [];
  let chain: Pick<ShareRecord, 'head' | 'nextSeq'> | undefined = before;
  const known = before?.deliveries ?? 0;
  for (const delivery of (grant?.deliveries ?? []).slice(known)) {
    const event = deliveryEvent(before, delivery, chain);
    events.push(event);
    chain = withLink(event);
  }
  return { events, chain, deliveries: known + events.length };
}

function deliveryEvent(
  share: ShareRecord | undefined,
  { by, at, txId, ...data }: Delivery,
  chain: Pick<ShareRecord, 'head' | 'nextSeq'> | undefined,
): ShareEventRecord {
  const member: Member = { ...by, mspId: share?.providerMsp ?? '', at, txId };
  return {
    kind: 'shareEvent',
    ...nextLink(chain, { member, at, input: data }, 'shareId'),
    shareId: share?.shareId ?? '',
    type: 'sharing.deliver',
    state: share?.state ?? 'GRANTED',
  };
}
