import type { CaseRecord } from '../case/records';
import { closedStates, type CaseState } from '../kernel/case-states';
import type { OneThingCaseRecord, OneThingPart } from './records';

/** The graph of a filed one thing: what its parts have come to, and whose turn it is. */

const grantedStates: readonly CaseState[] = [
  'DECIDED_GRANTED',
  'COMPLETED',
  'DELIVERED',
  'ARCHIVED',
];

/** What a part's case has come to; undefined while it is under way. */
export function partOutcome(
  record: Pick<CaseRecord, 'state' | 'decision'>,
): 'granted' | 'failed' | undefined {
  const { state, decision } = record;
  if (decision?.outcome === 'granted' && grantedStates.includes(state)) return 'granted';
  const over = decision?.outcome === 'refused' || closedStates.includes(state);
  return over ? 'failed' : undefined;
}

/** Writes down the ends of open parts, then stops what waits for a part that was not granted, and what waits for that. */
export function settledParts(
  parts: readonly OneThingPart[],
  cases: ReadonlyMap<string, CaseRecord>,
  at: string,
): OneThingPart[] {
  let settled = parts.map((part): OneThingPart => {
    const record = part.status === 'open' ? cases.get(part.id) : undefined;
    const status = record && partOutcome(record);
    return status === undefined ? part : { ...part, status, endedAt: at };
  });
  for (let more = true; more;) {
    const lost = new Set(
      settled
        .filter(({ status }) => status === 'failed' || status === 'stopped')
        .map(({ id }) => id),
    );
    more = false;
    settled = settled.map((part) => {
      if (part.status !== 'waiting' || !part.after.some((prior) => lost.has(prior))) return part;
      more = true;
      return { ...part, status: 'stopped', endedAt: at };
    });
  }
  return settled;
}

/** The waiting parts whose priors were all granted. */
export function readyParts(
  parts: readonly Pick<OneThingPart, 'id' | 'after' | 'status'>[],
): string[] {
  const granted = new Set(parts.filter(({ status }) => status === 'granted').map(({ id }) => id));
  return parts
    .filter(({ status, after }) => status === 'waiting' && after.every((id) => granted.has(id)))
    .map(({ id }) => id);
}

/** The status of the whole. */
export function graphStatus(parts: readonly OneThingPart[]): OneThingCaseRecord['status'] {
  if (parts.every(({ status }) => status === 'granted')) return 'granted';
  const moving = parts.some(({ status }) => status === 'open' || status === 'waiting');
  return moving ? 'open' : 'ended';
}
