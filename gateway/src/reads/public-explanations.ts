import type { PublicExplanation } from '@yici/api';
import {
  citationWords,
  cite,
  laws,
  padded,
  shanghaiDate,
  type CardRecord,
  type CaseRecord,
  type MatterRecord,
} from '@yici/domain/model';
import { GatewayError } from '../errors.js';
import { daysBetween } from '../facts/elapsed.js';
import { indexKeys } from '../index-store/keys.js';
import type { IndexReader } from '../index-store/reader.js';
import { keyIndexes } from '../index-store/row-indexes.js';
import type { Page, PageRequest } from '../store/page.js';

/**
 * Explanations for the public, newest first. The cursor is a number and no key: a key has the number of the case in it.
 * @throws GatewayError CURSOR_INVALID
 */
export async function listExplanations(
  index: IndexReader,
  today: string,
  { limit, cursor = '0' }: PageRequest,
): Promise<Page<PublicExplanation>> {
  if (!/^[0-9]{1,6}$/.test(cursor)) {
    throw new GatewayError('CURSOR_INVALID', 'The cursor is not one of this list.');
  }
  const [first, behind] = [Number(cursor), Number(cursor) + limit];
  const range = { ...indexKeys.entries(keyIndexes.explained), reverse: true, limit: behind + 1 };
  const items: PublicExplanation[] = [];
  let no = 0;
  for await (const [key] of index.range(range)) {
    if (no >= first && no < behind) {
      const card = index.record('card', ...key.split('\u0000').slice(-2));
      const shown = card && explanationOf(index, card, today);
      if (shown !== undefined) items.push(shown);
    }
    no += 1;
  }
  return { items, next: no > behind ? String(behind) : null };
}

/** Field by field: whatever a card, its case or its matter will have one day, no more than this becomes public. */
function explanationOf(
  index: IndexReader,
  { caseNo, department, clock, explanation }: CardRecord,
  today: string,
): PublicExplanation | undefined {
  const record = caseNo === undefined ? undefined : index.record('case', caseNo);
  if (record === undefined || explanation === undefined) return undefined;
  const { taskCode, matterVersion } = record;
  const matter = index.record('matter', taskCode, padded(matterVersion));
  const ended = endOf(record, clock);
  return {
    matter: { code: taskCode, name: matter?.content.name ?? null },
    department: { id: department, name: index.record('department', department)?.name ?? null },
    limit: { days: clock.limitDays, basis: basisOf(clock.what, matter) },
    dueOn: clock.dueOn,
    daysLate: Math.max(0, daysBetween(clock.dueOn, ended ?? today)),
    goesOn: ended === undefined,
    explainedOn: shanghaiDate(explanation.at),
    text: explanation.publicText ?? null,
  };
}

/** The day on which the clock of a card ended; undefined while it runs. */
function endOf({ endedClocks = [] }: CaseRecord, clock: CardRecord['clock']): string | undefined {
  const { what, startedOn } = clock;
  const ended = endedClocks.find((one) => one.what === what && one.startedOn === startedOn);
  return ended === undefined ? clock.actedOn : shanghaiDate(ended.endedAt);
}

const promised = { zh: '实施主体承诺的办结时限', en: 'promised by the department' };

/** What sets the limit: the statute that the matter names, the Licensing Law for a licence, or the promise. */
function basisOf(
  what: string,
  matter: MatterRecord | undefined,
): PublicExplanation['limit']['basis'] {
  if (what !== 'statutory' || matter === undefined) return promised;
  const { statutoryLimitBasis: statute, matterType, legalBasis } = matter.content;
  if (statute === undefined && matterType === '01') {
    return citationWords([cite(laws.licensing, { article: 42, paragraph: 1 })]);
  }
  const named = statute ?? legalBasis[0];
  const place = named === undefined ? '' : ` ${named.law}${named.clause}`;
  return { zh: `法定办结时限${place}`, en: `statutory limit${place}` };
}
