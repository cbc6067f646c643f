import { namesOf, type Vocabulary } from '../kernel/words';
import type { CardRecord } from './records';

/** What a card can wait for: the department's explanation, the decision on a request for review. */
export const cardWaitWords = {
  explanation: { zh: '待说明', en: 'an explanation' },
  ruling: { zh: '待作出复核决定', en: 'a decision on review' },
} satisfies Vocabulary;
export const cardWaits = namesOf(cardWaitWords);
export type CardWaits = (typeof cardWaits)[number];

/**
 * What a card waits for now, both where both are missing. A red card is explained, a request for review is decided on; a
 * card that was reviewed waits for nothing.
 */
export function waitsOfCard({
  colour,
  explanation,
  appeal,
  ruling,
}: Pick<CardRecord, 'colour' | 'explanation' | 'appeal' | 'ruling'>): CardWaits[] {
  if (ruling !== undefined) return [];
  return [
    ...(colour === 'red' && explanation === undefined ? (['explanation'] as const) : []),
    ...(appeal === undefined ? [] : (['ruling'] as const)),
  ];
}
