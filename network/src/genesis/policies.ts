import { common } from '@hyperledger/fabric-protos';
import {
  anyOf,
  encodeSignaturePolicy,
  parseSignaturePolicy,
  rolePrincipal,
  WireWriter,
} from '@yici/ledger';

type SignaturePolicy = Parameters<typeof encodeSignaturePolicy>[0];
type Role = Parameters<typeof rolePrincipal>[1];

/** common.ImplicitMetaPolicy.Rule. */
const metaRules = { ANY: 0, ALL: 1, MAJORITY: 2 } as const;
const metaRule = /^(ANY|ALL|MAJORITY) ([A-Za-z]+)$/;

/** Whether a rule of the topology is an implicit meta policy (`MAJORITY Endorsement`) rather than a signature policy. */
export function isMetaRule(rule: string): boolean {
  return metaRule.test(rule);
}

/** `ANY|ALL|MAJORITY <sub policy>`. */
export function implicitMeta(rule: keyof typeof metaRules, subPolicy: string): common.Policy {
  const meta = new WireWriter().string(1, subPolicy).varint(2, metaRules[rule]);
  return policy(common.Policy.PolicyType.IMPLICIT_META, meta.finish());
}

/** A policy from a rule of the topology: implicit meta, or in Fabric's signature policy language. */
export function policyFromRule(rule: string): common.Policy {
  const [, meta, subPolicy] = metaRule.exec(rule) ?? [];
  if (subPolicy !== undefined && (meta === 'ANY' || meta === 'ALL' || meta === 'MAJORITY')) {
    return implicitMeta(meta, subPolicy);
  }
  return signaturePolicy(parseSignaturePolicy(rule));
}

/** One signature by any of the given roles of one MSP: `OR('M.admin', 'M.peer')`. */
export function anyRole(mspId: string, ...roles: readonly Role[]): common.Policy {
  return signaturePolicy(anyOf(roles.map((role) => rolePrincipal(mspId, role))));
}

export function signaturePolicy(rule: SignaturePolicy): common.Policy {
  return policy(common.Policy.PolicyType.SIGNATURE, encodeSignaturePolicy(rule));
}

function policy(type: number, value: Uint8Array): common.Policy {
  const message = new common.Policy();
  message.setType(type);
  message.setValue(value);
  return message;
}
