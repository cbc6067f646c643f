import { decoding } from '../wire/decoding.js';
import { encoded, oneof, string } from '../wire/message.js';
import { utf8, WireWriter } from '../wire/writer.js';
import type { Policy } from './model.js';
import { compileSignaturePolicy } from './signature.js';
import {
  decodeSignaturePolicy,
  encodeSignaturePolicy,
  malformedPolicy,
  type SignaturePolicy,
} from './signature-policy.js';

/** peer.ApplicationPolicy: a chaincode's or collection's own policy, or the path of one in the channel config. */
type ApplicationPolicy =
  | { readonly kind: 'signature'; readonly policy: SignaturePolicy }
  | { readonly kind: 'reference'; readonly path: string };

const policyOrReference = oneof('peer.ApplicationPolicy', { policy: encoded(1), path: string(2) });

/** @throws LedgerError MALFORMED_POLICY */
function decodeApplicationPolicy(bytes: Uint8Array): ApplicationPolicy {
  return decoding('MALFORMED_POLICY', { zh: '应用策略', en: 'application policy' }, () => {
    const read = policyOrReference(bytes);
    if (read?.value === undefined) throw malformedPolicy({ zh: '为空', en: 'is empty' });
    return read.kind === 'path'
      ? { kind: 'reference', path: read.value }
      : { kind: 'signature', policy: decodeSignaturePolicy(read.value) };
  });
}

/** `peer.ApplicationPolicy` bytes. */
export function encodeApplicationPolicy(policy: ApplicationPolicy): Uint8Array {
  const writer = new WireWriter();
  if (policy.kind === 'signature') {
    return writer.message(1, encodeSignaturePolicy(policy.policy)).finish();
  }
  return writer.message(2, utf8(policy.path)).finish();
}

/** Where channel policies are found; a ChannelConfig is one. */
interface PolicySource {
  policy(path: string): Policy | undefined;
}

/**
 * Compiles `peer.ApplicationPolicy` bytes against a channel's policies (core/policy/application.go).
 * @throws LedgerError MALFORMED_POLICY, also when it refers to a policy that the channel does not have.
 */
export function applicationPolicy(bytes: Uint8Array, channel: PolicySource): Policy {
  const decoded = decodeApplicationPolicy(bytes);
  if (decoded.kind === 'signature') return compileSignaturePolicy(decoded.policy);
  const policy = channel.policy(decoded.path);
  if (policy === undefined)
    throw malformedPolicy({
      zh: ` ${decoded.path} 不在通道配置中`,
      en: `${decoded.path} is not in the channel config`,
    });
  return policy;
}
