import type { MatterContent, PreviousLimit } from '../model';
import { ContractError } from '../model';

type Limits = Pick<MatterContent, 'previousLimit' | 'promisedLimit'>;

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
export function speedUp({ previousLimit, promisedLimit }: Limits): SpeedUp | undefined {
  if (previousLimit?.unit !== promisedLimit.unit) return undefined;
  const { value: previous, unit } = previousLimit;
  const promised = promisedLimit.value;
  const rate = Math.round(((previous - promised) / previous) * 10_000) / 10_000;
  return { previous, promised, unit, rate };
}

/**
 * Once a version is published nobody may invent a slower past: the previous limit of a later version is that of the
 * published one, or what that one promised.
 * @throws ContractError PREVIOUS_LIMIT_INVALID
 */
export function checkPreviousLimit({ previousLimit }: Limits, published: Limits | undefined): void {
  if (previousLimit === undefined || published === undefined) return;
  const allowed = [published.previousLimit, published.promisedLimit];
  const known = allowed.some(
    (limit) => limit?.value === previousLimit.value && limit.unit === previousLimit.unit,
  );
  if (!known) throw new ContractError('PREVIOUS_LIMIT_INVALID', { previousLimit, allowed });
}
