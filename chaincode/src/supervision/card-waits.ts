import { namesOf, type Vocabulary } from '../kernel/words';
import type { CardRecord } from './records';

/** What a card can wait for: the department's explanation, the supervision office's ruling on an appeal. */
export const cardWaitWords = {
  explanation: { zh: '待说明', en: 'an explanation' },
  ruling: { zh: '待处理申诉', en: 'a ruling' },
} satisfies Vocabulary;
export const cardWaits = namesOf(cardWaitWords);
export type CardWaits = (typeof cardWaits)[number];

/**
 * What a card waits for now, both where both are missing. A red card is explained (Optimising the Business Environment
 * Regulation art 36), an appeal is ruled on; a card that was ruled on waits for nothing.
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
