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
  return Math.floor((consenters - 1) / (ordering === 'bft' ? 3 : 2));
}

/** ceil((n + f + 1) / 2) of the consenters (common/policies/bft.go), the only BlockValidation policy that BFT orderers take. */
export function quorumOf(consenters: readonly Consenter[]): PolicyDefinition {
  const tolerated = faultsTolerated('bft', consenters.length);
  const quorum = Math.ceil((consenters.length + tolerated + 1) / 2);
  const principals = consenters.map(({ mspId, identity }) => ({
    classification: principalKind.identity,
    principal: encodeIdentity(mspId, identity),
  }));
  const rules = principals.map((_, index) => ({ kind: 'signedBy' as const, index }));
  const rule = { kind: 'outOf' as const, n: quorum, rules };
  const value = encodeSignaturePolicy({ version: 0, rule, principals });
  return { type: policyType.signature, value };
}
