import type { ChannelConfig } from '../config/channel.js';
import type { PolicyDefinition } from '../config/tree.js';
import type { Consenter } from '../config/values.js';
import { principalKind } from '../identity/principal.js';
import { encodeIdentity } from '../identity/serialized.js';
import { encodeSignaturePolicy } from '../policy/signature-policy.js';
import { policyType } from './rule-text.js';

/** Whether blocks are ordered by SmartBFT. */
export const isBft = ({ orderer }: Pick<ChannelConfig, 'orderer'>): boolean =>
  orderer?.type === 'BFT';

/** Number of consenters that may crash (raft) or behave arbitrarily (bft). */
export function faultsTolerated(ordering: 'bft' | 'raft', consenters: number): number {
  return Math.max(0, Math.floor((consenters - 1) / (ordering === 'bft' ? 3 : 2)));
}

/** Of how many BFT consenters a block takes the signatures: ceil((n + f + 1) / 2), common/policies/bft.go. */
export const quorumSize = (consenters: number): number =>
  Math.ceil((consenters + faultsTolerated('bft', consenters) + 1) / 2);

/** A quorum of exactly these consenters, the only BlockValidation policy that BFT orderers take. */
export function quorumOf(consenters: readonly Consenter[]): PolicyDefinition {
  const principals = consenters.map(({ mspId, identity }) => ({
    classification: principalKind.identity,
    principal: encodeIdentity(mspId, identity),
  }));
  const rules = principals.map((_, index) => ({ kind: 'signedBy' as const, index }));
  const rule = { kind: 'outOf' as const, n: quorumSize(consenters.length), rules };
  const value = encodeSignaturePolicy({ version: 0, rule, principals });
  return { type: policyType.signature, value };
}
