import { ContractError, refusedOn } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import type { DatasetContent } from './records';

const excluding: readonly string[] = ['law', 'administrativeRegulation', 'stateCouncilDecision'];

/**
 * What a share class demands, and nothing beside it: a conditional class lists scope and conditions, one that is not
 * shared its reason and legal basis, an unconditional one neither (Order 809 art 14, 15).
 * @throws ContractError SHARE_TERMS_MISSING, SHARE_CONDITION_ADDED, EXCLUSION_BASIS_REFUSED, LIMIT_EXCEEDS_STATUTORY
 */
export function checkShareTerms(content: DatasetContent): void {
  requireTerms(content);
  refuseAddedTerms(content);
  checkExclusion(content);
  checkPromises(content);
}

function requireTerms({ shareClass, conditions, exclusion }: DatasetContent): void {
  const missing = [
    ...(shareClass === 'conditional' && conditions === undefined ? ['conditions'] : []),
    ...(shareClass === 'notShared' && exclusion === undefined ? ['exclusion'] : []),
  ];
  if (missing.length > 0) throw new ContractError('SHARE_TERMS_MISSING', { shareClass, missing });
}

function refuseAddedTerms({ shareClass, conditions, exclusion }: DatasetContent): void {
  const added = [
    ...(shareClass !== 'conditional' && conditions !== undefined ? ['conditions'] : []),
    ...(shareClass !== 'notShared' && exclusion !== undefined ? ['exclusion'] : []),
  ];
  if (added.length > 0) throw new ContractError('SHARE_CONDITION_ADDED', { shareClass, added });
}

function checkExclusion({ exclusion }: DatasetContent): void {
  if (exclusion === undefined) return;
  const ranks = exclusion.bases.map(({ rank }) => rank);
  if (!ranks.every((rank) => excluding.includes(rank))) {
    throw new ContractError('EXCLUSION_BASIS_REFUSED', { ranks, allowed: excluding });
  }
}

function checkPromises({ shareClass, promised }: DatasetContent): void {
  const reply = shareClass === 'unconditional' ? 'unconditional' : 'conditional';
  const longest = { reply: shareLimits.reply[reply], deliver: shareLimits.deliver };
  for (const limit of ['reply', 'deliver'] as const) {
    const days = promised?.[limit]?.value ?? 0;
    if (days > longest[limit]) {
      throw refusedOn('LIMIT_EXCEEDS_STATUTORY', 'dataset', {
        limit,
        promised: days,
        statutory: longest[limit],
      });
    }
  }
}
