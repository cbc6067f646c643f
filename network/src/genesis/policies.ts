import { common, msp } from '@hyperledger/fabric-protos';
import { encodeSignaturePolicy, parseSignaturePolicy } from '@yici/ledger';

type RoleType = msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap];

const metaRules = {
  ANY: common.ImplicitMetaPolicy.Rule.ANY,
  ALL: common.ImplicitMetaPolicy.Rule.ALL,
  MAJORITY: common.ImplicitMetaPolicy.Rule.MAJORITY,
} as const;

/** Whether a rule of the topology is an implicit meta policy (`MAJORITY Endorsement`) rather than a signature policy. */
export function isMetaRule(rule: string): boolean {
  return /^(ANY|ALL|MAJORITY) [A-Za-z]+$/.test(rule);
}

/** `ANY|ALL|MAJORITY <sub policy>`. */
export function implicitMeta(rule: keyof typeof metaRules, subPolicy: string): common.Policy {
  const meta = new common.ImplicitMetaPolicy();
  meta.setRule(metaRules[rule]);
  meta.setSubPolicy(subPolicy);
  return policy(common.Policy.PolicyType.IMPLICIT_META, meta.serializeBinary());
}

/** A policy from a rule of the topology: implicit meta, or in Fabric's signature policy language. */
export function policyFromRule(rule: string): common.Policy {
  const match = /^(ANY|ALL|MAJORITY) ([A-Za-z]+)$/.exec(rule);
  const [, meta, subPolicy] = match ?? [];
  if (subPolicy !== undefined && (meta === 'ANY' || meta === 'ALL' || meta === 'MAJORITY')) {
    return implicitMeta(meta, subPolicy);
  }
  return policy(
    common.Policy.PolicyType.SIGNATURE,
    encodeSignaturePolicy(parseSignaturePolicy(rule)),
  );
}

/** One signature by any of the given roles of one MSP: `OR('M.admin', 'M.peer')`. */
export function anyRole(mspId: string, roles: readonly RoleType[]): common.Policy {
  return signaturePolicy(
    1,
    roles.map((role) => rolePrincipal(mspId, role)),
  );
}

/** `count` signatures by different principals, in the given order. */
export function signaturePolicy(
  count: number,
  principals: readonly msp.MSPPrincipal[],
): common.Policy {
  const rule = new common.SignaturePolicy();
  const outOf = new common.SignaturePolicy.NOutOf();
  outOf.setN(count);
  principals.forEach((_principal, index) => {
    const signedBy = new common.SignaturePolicy();
    signedBy.setSignedBy(index);
    outOf.addRules(signedBy);
  });
  rule.setNOutOf(outOf);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(rule);
  envelope.setIdentitiesList([...principals]);
  return policy(common.Policy.PolicyType.SIGNATURE, envelope.serializeBinary());
}

/** The principal for exactly this identity. */
export function identityPrincipal(identity: Uint8Array): msp.MSPPrincipal {
  return principal(msp.MSPPrincipal.Classification.IDENTITY, identity);
}

function rolePrincipal(mspId: string, role: RoleType): msp.MSPPrincipal {
  const message = new msp.MSPRole();
  message.setMspIdentifier(mspId);
  message.setRole(role);
  return principal(msp.MSPPrincipal.Classification.ROLE, message.serializeBinary());
}

function principal(
  classification: msp.MSPPrincipal.ClassificationMap[keyof msp.MSPPrincipal.ClassificationMap],
  bytes: Uint8Array,
): msp.MSPPrincipal {
  const message = new msp.MSPPrincipal();
  message.setPrincipalClassification(classification);
  message.setPrincipal(bytes);
  return message;
}

function policy(type: number, value: Uint8Array): common.Policy {
  const message = new common.Policy();
  message.setType(type);
  message.setValue(value);
  return message;
}
