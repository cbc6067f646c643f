import type { CommandName } from '@yici/domain/model';
import { withDelegationId } from './prepare.js';
import { example, onCase, type WriteSpec } from './spec.js';

type Ours = Extract<
  CommandName,
  | `${string}Transfer`
  | 'case.returnStep'
  | 'case.resendStep'
  | `dutyRuling.${string}`
  | `delegation.${string}`
>;

const step = { stepId: 'step' };

/** Responsibility and delegation commands. */
export const responsibilitySpecs: { readonly [N in Ours]: WriteSpec } = {
  'case.offerTransfer': onCase(
    'offer-transfer',
    `yici case offer-transfer ${example} --step budget --to finance --duty FINANCE-03`,
    { flags: { ...step, dutyCode: 'duty' } },
  ),
  'case.acceptTransfer': onCase(
    'accept-transfer',
    `yici case accept-transfer ${example} --step budget`,
    { flags: step },
  ),
  'case.declineTransfer': onCase(
    'decline-transfer',
    `yici case decline-transfer ${example} --step budget --clause-of offices --duty OFFICES-02`,
    { flags: { ...step, dutyCode: 'duty' } },
  ),
  'case.returnStep': onCase(
    'return-step',
    `yici case return-step ${example} --step budget --reason "附件无法打开" --reason-code stillIncomplete`,
    { flags: step },
  ),
  'case.resendStep': onCase(
    'resend-step',
    `yici case resend-step ${example} --step budget --document reply.ofd`,
    { flags: step },
  ),
  'dutyRuling.decide': {
    group: 'ruling',
    verb: 'decide',
    argument: 'rulingId',
    flags: { dutyCode: 'duty' },
    example: `yici ruling decide ${example}-R1 --department finance --duty FINANCE-03 --document ruling.ofd`,
  },
  'delegation.grant': {
    group: 'delegation',
    verb: 'grant',
    prepare: withDelegationId,
    filled: ['delegationId'],
    example:
      'yici delegation grant --from finance.head1 --role head --to finance.clerk2 --from-day 2026-03-02 --to-day 2026-03-06 --reason-code leave',
  },
  'delegation.end': {
    group: 'delegation',
    verb: 'end',
    argument: 'delegationId',
    example: 'yici delegation end dlg-0001 --reason-code back',
  },
};
