import { requireHolder } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, type ShareRule } from './chain';
import type { ShareRecord, ShareTerms } from './records';
import { proposeReply } from './reply';
import { usualReaders } from './values-collections';

/**
 * An official of the provider words a grant, with purpose, period, uses and retention (Order 809 art 21, 25). The period
 * stays within what was asked for; conditions are those the entry lists (art 15), none for a return flow (art 24). It is
 * given with the head's consent, see {@link consentToReply}.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_CONDITION_ADDED, SHARE_TERMS_EXCEED_REQUEST
 */
export const grantShare: ShareRule<'sharing.grant', { readonly share: ShareRecord | undefined }> = (
  state,
  input,
  member,
) => {
  const { shareId, ...given } = input;
  const before = openShare(state.share, shareId, ['FILED']);
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  const terms = { readers: usualReaders, ...given };
  checkTerms(before, terms);
  return proposeReply(before, actOf('sharing.grant', input, member), { outcome: 'grant', terms });
};

function checkTerms(share: ShareRecord, terms: ShareTerms): void {
  const added = terms.conditions.filter((code) => !share.conditions.includes(code));
  if (added.length > 0) {
    throw new ContractError('SHARE_CONDITION_ADDED', { added, listed: share.conditions });
  }
  const asked = share.request.term;
  const { from, to } = terms.period;
  if (from < asked.from || to > asked.to || to < from) {
    throw new ContractError('SHARE_TERMS_EXCEED_REQUEST', { period: terms.period, asked });
  }
}
