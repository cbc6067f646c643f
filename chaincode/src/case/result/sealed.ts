import type { Now } from '../../kernel/chain';
import type { CommandInput } from '../../kernel/commands';
import { refusedOn } from '../../kernel/errors';
import type { Digest } from '../../kernel/scalars';
import type { SealedDocument } from './sealed-records';

type Seal = Pick<CommandInput<'case.refuse'>, 'sealSystem' | 'seal'>;
type Voucher = Pick<CommandInput<'case.refuse'>, 'voucherNo' | 'voucher'> & Seal;

const voucherParts = ['voucherNo', 'voucher', 'sealSystem', 'seal'] as const;
const sealParts = ['number', 'sealSystem', 'seal'] as const;
const missingIn = <N extends string>(given: Partial<Record<N, unknown>>, parts: readonly N[]) =>
  parts.filter((part) => given[part] === undefined);

/** The document with number and seal, dated by the act; nothing if a part is missing. */
function sealedWith(
  number: string | undefined,
  document: Digest | undefined,
  { sealSystem: system, seal: evidence }: Seal,
  { today: date }: Now,
): SealedDocument | undefined {
  if (number === undefined || document === undefined) return undefined;
  if (system === undefined || evidence === undefined) return undefined;
  return { number, date, document, seal: { system, evidence } };
}

/**
 * The voucher of an acceptance, of its revocation or of a refusal to accept: number, document, seal, and the day of the act
 * as its date (Administrative Licensing Law art 32(2), Zhejiang regulation art 11).
 * @throws ContractError VOUCHER_REQUIRED, with what is missing
 */
export function voucherOf(given: Voucher, now: Now): SealedDocument {
  const sealed = sealedWith(given.voucherNo, given.voucher, given, now);
  if (sealed !== undefined) return sealed;
  throw refusedOn('VOUCHER_REQUIRED', 'voucher', { missing: missingIn(given, voucherParts) });
}

/**
 * What is finished on the spot may go without a voucher of its acceptance (Zhejiang regulation art 11(1)); part of one is
 * still none.
 * @throws ContractError VOUCHER_REQUIRED
 */
export function acceptanceVoucher(
  given: Voucher,
  now: Now,
  { onTheSpot }: { readonly onTheSpot: boolean },
): { readonly voucher?: SealedDocument } {
  const none = missingIn(given, voucherParts).length === voucherParts.length;
  return onTheSpot && none ? {} : { voucher: voucherOf(given, now) };
}

/**
 * What sealed a decision, a licence or what is delivered: it may have no seal on record, but what is said of one is whole.
 * @throws ContractError VOUCHER_REQUIRED
 */
export function sealedOf(
  document: Digest | undefined,
  given: Pick<CommandInput<'case.deliver'>, 'number' | 'sealSystem' | 'seal'>,
  now: Now,
): { readonly sealed?: SealedDocument } {
  const missing = missingIn(given, sealParts);
  if (missing.length === sealParts.length) return {};
  const sealed = sealedWith(given.number, document, given, now);
  if (sealed === undefined) throw refusedOn('VOUCHER_REQUIRED', 'result', { missing });
  return { sealed };
}
