import { decoding } from '../wire/decoding.js';
import { bytesList, encoded, int32, list, message, oneof } from '../wire/message.js';
import { LedgerError, type Sentence } from '../errors.js';
import { WireWriter } from '../wire/writer.js';
import {
  principalMessage,
  rolePrincipal,
  type MspRoleName,
  type Principal,
} from '../identity/principal.js';

/** A gate of a signature policy: one principal by its index, or n of several rules. */
export type SignatureRule =
  | { readonly kind: 'signedBy'; readonly index: number }
  | { readonly kind: 'outOf'; readonly n: number; readonly rules: readonly SignatureRule[] };

/** common.SignaturePolicyEnvelope. */
export interface SignaturePolicy {
  readonly version: number;
  readonly rule: SignatureRule;
  readonly principals: readonly Principal[];
}

/** Limit that bounds the recursion of the evaluation; real policies are far less deep. */
const MAX_DEPTH = 200;

const policyEnvelope = message('common.SignaturePolicyEnvelope', {
  version: int32(1),
  rule: encoded(2),
  principals: list(3, principalMessage),
});
const gate = oneof('common.SignaturePolicy', { signedBy: int32(1), outOf: encoded(2) });
const outOf = message('common.SignaturePolicy.NOutOf', { n: int32(1), rules: bytesList(2) });

/** @throws LedgerError MALFORMED_POLICY */
export function decodeSignaturePolicy(bytes: Uint8Array): SignaturePolicy {
  return decoding('MALFORMED_POLICY', { zh: '签名策略', en: 'signature policy' }, () => {
    const { version, rule, principals } = policyEnvelope.decode(bytes);
    if (rule === undefined) throw malformedPolicy({ zh: '没有规则', en: 'has no rule' });
    return { version, rule: decodeRule(rule, 0), principals };
  });
}

function decodeRule(bytes: Uint8Array, depth: number): SignatureRule {
  if (depth > MAX_DEPTH)
    throw malformedPolicy({ zh: `嵌套超过 ${MAX_DEPTH} 层`, en: `nests deeper than ${MAX_DEPTH}` });
  const read = gate(bytes);
  if (read?.value === undefined)
    throw malformedPolicy({ zh: '有空的条件', en: 'has an empty gate' });
  if (read.kind === 'signedBy') return { kind: 'signedBy', index: read.value };
  const { n, rules } = outOf.decode(read.value);
  return { kind: 'outOf', n, rules: rules.map((rule) => decodeRule(rule, depth + 1)) };
}

/** `common.SignaturePolicyEnvelope` bytes. */
export function encodeSignaturePolicy(policy: SignaturePolicy): Uint8Array {
  return policyEnvelope.encode({ ...policy, rule: encodeRule(policy.rule) });
}

function encodeRule(rule: SignatureRule): Uint8Array {
  if (rule.kind === 'outOf') {
    const gates = outOf.write({ n: rule.n, rules: rule.rules.map(encodeRule) });
    return new WireWriter().message(2, gates).finish();
  }
  // A member of a oneof is written even when it is zero.
  if (rule.index === 0) return Uint8Array.of(0x08, 0);
  return new WireWriter().varint(1, rule.index).finish();
}

/** Any one of the principals. */
export function anyOf(principals: readonly Principal[]): SignaturePolicy {
  const rules = principals.map((_, index) => ({ kind: 'signedBy' as const, index }));
  return { version: 0, rule: { kind: 'outOf', n: 1, rules }, principals };
}

/** n of the given MSPs' role, the MSPs in byte order as in Fabric's builder (policydsl_builder.go). */
export function signedByRole(
  n: number,
  role: MspRoleName,
  mspIds: readonly string[],
): SignaturePolicy {
  const sorted = [...mspIds].sort((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
  return {
    version: 0,
    rule: { kind: 'outOf', n, rules: sorted.map((_, index) => ({ kind: 'signedBy', index })) },
    principals: sorted.map((mspId) => rolePrincipal(mspId, role)),
  };
}

/** What follows "policy", in Chinese 策略. */
export function malformedPolicy({ zh, en }: Sentence): LedgerError {
  return new LedgerError('MALFORMED_POLICY', { zh: `策略${zh}`, en: `policy ${en}` });
}
