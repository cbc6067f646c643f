import type { PreviousLimit } from '../kernel/scalars';
import type { MatterContent } from './records';

/** What a matter or a one thing says of its limits. */
export type LimitsBeforeAndAfter = Pick<MatterContent, 'previousLimit' | 'promisedLimit'>;

/** 提速率: old and new limit in one unit, and (old - new) / old, rounded to four decimals. */
export interface SpeedUp {
  readonly previous: number;
  readonly promised: number;
  readonly unit: PreviousLimit['unit'];
  readonly rate: number;
}

/**
 * The speed-up rate from the limit before the reform to the one promised now; negative when it became slower. There is
 * none without a previous limit, or when it was given in calendar days: the two units have no fixed ratio.
 */
export function speedUp({
  previousLimit,
  promisedLimit,
}: LimitsBeforeAndAfter): SpeedUp | undefined {
  if (previousLimit?.unit !== promisedLimit.unit) return undefined;
  const { value: previous, unit } = previousLimit;
  const promised = promisedLimit.value;
  const rate = Math.round(((previous - promised) / previous) * 10_000) / 10_000;
  return { previous, promised, unit, rate };
}
