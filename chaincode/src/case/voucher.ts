import type { CommandInput } from '../kernel/commands';
import type { Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { Voucher } from './door-records';

type Given = Pick<CommandInput<'case.refuse'>, 'voucherNo' | 'voucher' | 'sealSystem' | 'seal'>;

/**
 * The voucher of an acceptance, of its revocation or of a refusal to accept: number, document, seal, and the day of the act
 * as its date (Administrative Licensing Law art 32(2), Zhejiang regulation art 11).
 * @throws ContractError VOUCHER_REQUIRED, with what is missing
 */
export function voucherOf(given: Given, { today }: Now): Voucher {
  const { voucherNo: number, voucher: document, sealSystem: system, seal: evidence } = given;
  if (
    number === undefined ||
    document === undefined ||
    system === undefined ||
    evidence === undefined
  ) {
    const names = ['voucherNo', 'voucher', 'sealSystem', 'seal'] as const;
    const missing = names.filter((name) => given[name] === undefined);
    throw new ContractError('VOUCHER_REQUIRED', { missing });
  }
  return { number, date: today, document, seal: { system, evidence } };
}

/**
 * What is finished on the spot may go without a voucher of its acceptance (Zhejiang regulation art 11(1)); part of one is
 * still none.
 * @throws ContractError VOUCHER_REQUIRED
 */
export function acceptanceVoucher(
  given: Given,
  now: Now,
  { onTheSpot }: { readonly onTheSpot: boolean },
): { readonly voucher?: Voucher } {
  const { voucherNo, voucher, sealSystem, seal } = given;
  const none = [voucherNo, voucher, sealSystem, seal].every((part) => part === undefined);
  return onTheSpot && none ? {} : { voucher: voucherOf(given, now) };
}
