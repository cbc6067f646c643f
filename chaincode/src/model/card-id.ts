import type { CardRecord } from './records';

/** What names a card: the clock, the last day of its limit, and the colour it has come to. */
export interface NamedLight {
  readonly clock: { readonly what: string; readonly step?: string; readonly dueOn: string };
  readonly colour: CardRecord['colour'];
}

/** The id of the card that a light of a case gives: the same whoever raises it. */
export function cardIdOf(caseNo: string, { clock, colour }: NamedLight): string {
  const { what, step, dueOn } = clock;
  const parts = [
    caseNo,
    what,
    ...(step === undefined ? [] : [step]),
    dueOn.replaceAll('-', ''),
    colour,
  ];
  return parts.join('.');
}

/** The case of a card: no case number has a dot. */
export function caseOfCard(cardId: string): string {
  return cardId.split('.')[0] ?? '';
}
