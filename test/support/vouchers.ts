import { createHash } from 'node:crypto';
import type { CommandInput, CommandName } from '@yici/domain/model';

const digestOf = (text: string) =>
  ({ digestAlg: 'sha256', digest: createHash('sha256').update(text).digest('hex') }) as const;

/** What an answer at the door carries: the sealed voucher that goes to the applicant. */
export const sealedVoucher = {
  voucherNo: 'SL-0001',
  voucher: digestOf('voucher'),
  sealSystem: 'provincial',
  seal: digestOf('seal'),
} satisfies Partial<CommandInput<'case.refuse'>>;

const sealed: readonly CommandName[] = [
  'case.accept',
  'case.tolerantAccept',
  'case.refuse',
  'case.revokeAcceptance',
];

/** The command with a sealed voucher where it needs one: most stories are about something else. */
export function withVoucher<N extends CommandName>(name: N, input: CommandInput<N>) {
  return sealed.includes(name) ? { ...sealedVoucher, ...input } : input;
}
