import { ContractError } from '../kernel/errors';
import type { LimitsBeforeAndAfter as Limits } from './speed-up';

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
