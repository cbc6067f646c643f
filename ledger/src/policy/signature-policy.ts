import { bytesTag, decoding, readFields, varintTag } from '../wire/fields.js';
import { LedgerError } from '../errors.js';
import { WireWriter } from '../wire/writer.js';
import {
  decodePrincipal,
  encodePrincipal,
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

/** @throws LedgerError MALFORMED_POLICY */
export function decodeSignaturePolicy(bytes: Uint8Array): SignaturePolicy {
  return decoding('MALFORMED_POLICY', 'signature policy', () => {
    const read: { version: number; rule: Uint8Array | undefined } = { version: 0, rule: undefined };
    const principals: Principal[] = [];
    readFields(bytes, 'common.SignaturePolicyEnvelope', {
      [varintTag(1)]: (reader) => {
        read.version = reader.int32();
      },
      [bytesTag(2)]: (reader) => {
        read.rule = reader.message(read.rule);
      },
      [bytesTag(3)]: (reader) => {
        principals.push(decodePrincipal(reader.bytes()));
      },
    });
    if (read.rule === undefined) throw malformedPolicy('has no rule');
    return { version: read.version, rule: decodeRule(read.rule, 0), principals };
  });
}

interface Gate {
  signedBy: number | undefined;
  outOf: Uint8Array | undefined;
}

function decodeRule(bytes: Uint8Array, depth: number): SignatureRule {
  if (depth > MAX_DEPTH) throw malformedPolicy(`nests deeper than ${MAX_DEPTH}`);
  const read: Gate = { signedBy: undefined, outOf: undefined };
  // A oneof: the last of the two fields counts, and repeated gates are merged.
  readFields(bytes, 'common.SignaturePolicy', {
    [varintTag(1)]: (reader) => {
      read.signedBy = reader.int32();
      read.outOf = undefined;
    },
    [bytesTag(2)]: (reader) => {
      read.outOf = reader.message(read.outOf);
      read.signedBy = undefined;
    },
  });
  if (read.outOf !== undefined) return decodeOutOf(read.outOf, depth);
  if (read.signedBy === undefined) throw malformedPolicy('has an empty gate');
  return { kind: 'signedBy', index: read.signedBy };
}

function decodeOutOf(bytes: Uint8Array, depth: number): SignatureRule {
  let n = 0;
  const rules: SignatureRule[] = [];
  readFields(bytes, 'common.SignaturePolicy.NOutOf', {
    [varintTag(1)]: (reader) => {
      n = reader.int32();
    },
    [bytesTag(2)]: (reader) => {
      rules.push(decodeRule(reader.bytes(), depth + 1));
    },
  });
  return { kind: 'outOf', n, rules };
}

/** `common.SignaturePolicyEnvelope` bytes. */
export function encodeSignaturePolicy(policy: SignaturePolicy): Uint8Array {
  return new WireWriter()
    .varint(1, policy.version)
    .message(2, encodeRule(policy.rule))
    .repeated(3, policy.principals.map(encodePrincipal))
    .finish();
}

function encodeRule(rule: SignatureRule): Uint8Array {
  if (rule.kind === 'outOf') {
    const gate = new WireWriter().varint(1, rule.n).repeated(2, rule.rules.map(encodeRule));
    return new WireWriter().message(2, gate.finish()).finish();
  }
  // A member of a oneof is written even when it is zero.
  if (rule.index === 0) return Uint8Array.of(varintTag(1), 0);
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

export function malformedPolicy(why: string): LedgerError {
  return new LedgerError('MALFORMED_POLICY', `policy ${why}`);
}
