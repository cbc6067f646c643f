import { z } from 'zod';
import type { Standings } from '../kernel/citation';
import { ContractError, type ContractErrorDetails } from '../kernel/errors';
import { licensing, onceReform } from '../kernel/laws';
import { text } from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** The laws of handling, of which a matter's version says how they stand. */
export const handlingLawWords = { licensing, onceReform } satisfies Vocabulary;
const law = z.enum(namesOf(handlingLawWords));

/** 适用, or 参照 by the document, of those that the version lists, that has the law followed. */
export const handlingLaw = z.discriminatedUnion('standing', [
  z.strictObject({ law, standing: z.literal('applies') }),
  z.strictObject({ law, standing: z.literal('followed'), document: text(100) }),
]);

/** What of a matter's content tells how the laws of handling stand. */
export interface Handled {
  /** A.1 of GB/T 39046: 01 is 行政许可, 11 to 19 are for approvals inside the administration. */
  readonly matterType: string;
  readonly handlingLaws?: readonly z.output<typeof handlingLaw>[];
}

export const isLicence = ({ matterType }: Handled): boolean => matterType === '01';

const isInternal = ({ matterType }: Handled): boolean => matterType >= '11' && matterType <= '19';

/**
 * How the laws of handling stand for a matter. A version from before they were stated is read as what it can only mean: for
 * a licence they are in force, for everything else they are followed (Administrative Licensing Law art 3).
 */
export function standingsOf(content: Handled): Standings {
  const { handlingLaws } = content;
  const ofLicence = { licensing: 'applies', onceReform: 'applies' } as const;
  if (handlingLaws === undefined) {
    return isLicence(content) ? ofLicence : { licensing: 'followed', onceReform: 'followed' };
  }
  const stated = Object.fromEntries(handlingLaws.map(({ law, standing }) => [law, standing]));
  return isLicence(content) ? { ...ofLicence, ...stated } : stated;
}

/**
 * For a licence both laws are in force. The Licensing Law is for nothing else (art 3), the Zhejiang regulation for services
 * but not for approvals inside the administration (art 2): what is no licence says which of them it follows, by which of its
 * documents. A law that it does not list is not claimed.
 * @throws ContractError LAW_STANDING_UNFOUNDED
 */
export function checkHandlingLaws(
  content: Handled & { readonly policyDocuments: readonly { readonly number: string }[] },
): void {
  const { handlingLaws, matterType, policyDocuments } = content;
  if (handlingLaws === undefined) {
    if (!isLicence(content)) refuse({ problem: 'unstated', matterType });
    return;
  }
  for (const stated of handlingLaws) {
    const { law, standing } = stated;
    const inForce = standing === 'applies';
    const may = law === 'licensing' ? isLicence(content) : !isInternal(content);
    if (isLicence(content) ? !inForce : inForce && !may) refuse({ law, standing, matterType });
    if (inForce) continue;
    const { document } = stated;
    const listed = policyDocuments.some(({ number }) => number === document);
    if (!listed) refuse({ problem: 'documentNotListed', law, document });
  }
}

function refuse(details: ContractErrorDetails): never {
  throw new ContractError('LAW_STANDING_UNFOUNDED', details);
}
