import type { CardColour } from '../kernel/clock-kinds';

/** What names a card: the clock, the last day of its limit, and the colour it has come to. */
export interface NamedLight {
  readonly clock: { readonly what: string; readonly step?: string; readonly dueOn: string };
  readonly colour: CardColour;
}

/**
 * The id of the card that a light gives: the same whoever raises it. `about` is a case number, or a prefix of
 * {@link cardSubjects} for what is no case.
 */
export function cardIdOf(about: string, { clock, colour }: NamedLight): string {
  const { what, step, dueOn } = clock;
  const parts = [
    about,
    what,
    ...(step === undefined ? [] : [step]),
    dueOn.replaceAll('-', ''),
    colour,
  ];
  return parts.join('.');
}

/** What a card that is about no case begins with; no case number is one of these words. */
export const cardSubjects = {
  share: (shareId: string) => `share.${shareId}`,
  review: ({ taskCode, version, dutyVersion }: ReviewKey) =>
    `review.${taskCode}.${version}.${dutyVersion}`,
  ruling: (rulingId: string) => `ruling.${rulingId}`,
  dataset: (datasetId: string) => `dataset.${datasetId}`,
  datasetVersion: (datasetId: string, version: number) =>
    `dataset.${datasetId}.${version.toString()}`,
} as const;

interface ReviewKey {
  readonly taskCode: string;
  readonly version: number;
  readonly dutyVersion: number;
}

/** Where a card stands in the world state: under its case, or under the kind of what it is about. */
export function cardShelf(cardId: string): string {
  return cardId.split('.')[0] ?? '';
}
