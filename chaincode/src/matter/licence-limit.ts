import { ContractError } from '../kernel/errors';
import { jointLicenceWorkingDays, licenceWorkingDays } from '../kernel/legal-limits';
import { isLicence } from './handling-laws';
import type { MatterContent } from './records';

/**
 * A licence has a statutory limit: twenty working days where one organ acts, unless a law or regulation, which is then cited,
 * sets it otherwise; forty-five where several do, from which the law excepts nothing (Administrative Licensing Law art 42).
 * @throws ContractError STATUTORY_LIMIT_UNFOUNDED
 */
export function checkLicenceLimit(content: MatterContent, owner: string): void {
  if (!isLicence(content)) return;
  const { statutoryLimit, statutoryLimitBasis, flow } = content;
  const joint = flow.some(({ department }) => department !== owner);
  const most = joint ? jointLicenceWorkingDays : licenceWorkingDays;
  const statutory = statutoryLimit?.value;
  const cited = !joint && statutoryLimitBasis !== undefined;
  if (statutory === undefined || (statutory > most && !cited)) {
    throw new ContractError('STATUTORY_LIMIT_UNFOUNDED', {
      most,
      joint,
      ...(statutory === undefined ? {} : { statutory }),
    });
  }
}
