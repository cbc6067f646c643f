import { otherCardBases, type CardBasis } from '../kernel/card-bases';
import type { ShareRecord, TimeToMend } from '../sharing/records';
import type { OtherClock } from './other-clocks';

/** What a use is to be put right for: what was suspended is misuse, what is only corrected is other misconduct. */
const ofMending = {
  widerScope: 'misuse',
  otherPurpose: 'misuse',
  thirdParty: 'passedOn',
  keptTooLong: 'disposal',
  insecure: 'security',
} satisfies Readonly<Record<TimeToMend['ground'], CardBasis>>;

/**
 * What a card of a clock outside cases rests on (Order 809 art 39 to 41): data that return to a lower level have an item of
 * their own, and so has each ground on which data are to be put right.
 */
export function otherCardBasis(clock: OtherClock, share: ShareRecord | undefined): CardBasis {
  const { what, startedOn, dueOn, house } = clock;
  if (house === true) return 'none';
  if (what === 'deliver' && share?.returnFlow === true) return 'returnFlow';
  if (what !== 'mend') return otherCardBases[what];
  const order = [share?.suspension, share?.correction].find(
    (known) => known?.startedOn === startedOn && known.mendBy === dueOn,
  );
  return order === undefined ? otherCardBases.mend : ofMending[order.ground];
}
