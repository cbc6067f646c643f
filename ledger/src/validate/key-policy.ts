import type { ChannelConfig } from '../config/channel.js';
import { LedgerError } from '../errors.js';
import type { ChaincodeDefinition } from '../lifecycle/definition.js';
import { hasCollection } from '../lifecycle/policies.js';
import type { PolicySigner } from '../policy/model.js';
import { encodeApplicationPolicy } from '../policy/application.js';
import { decodeSignaturePolicy } from '../policy/signature-policy.js';
import type { TxRwSet } from '../rwset/model.js';
import type { StateReader } from '../state/model.js';
import { halting, messageOf, type Finding } from './model.js';

/** A key that may have its own policy; `collection` is '' for public keys, whose `key` is a string. */
export interface KeyId {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string | Uint8Array;
}

/** The metadata entry that holds a key's policy: common.SignaturePolicyEnvelope bytes (peer.MetaDataKeys). */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

/** Why the signers do not meet the key's policy; undefined when they do. */
type KeyPolicy = (signers: readonly PolicySigner[]) => string | undefined;

/**
 * A key's own policy in the committed state; undefined when it has none, or when the channel does not define its
 * collection (statebased/validator_keylevel.go). Fabric's peers stop at bytes that are no policy.
 */
export function keyPolicy(
  config: ChannelConfig,
  state: StateReader,
  definition: ChaincodeDefinition,
  id: KeyId,
): KeyPolicy | Finding | undefined {
  const bytes = committedPolicy(config, state, definition, id);
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    const wrapped = encodeApplicationPolicy({
      kind: 'signature',
      policy: decodeSignaturePolicy(bytes),
    });
    const policy = config.applicationPolicy(wrapped);
    return (signers) => {
      const verdict = policy.evaluate(signers);
      return verdict.satisfied ? undefined : verdict.reason;
    };
  } catch (error) {
    if (isUnreadable(error)) {
      return halting(
        'INVALID_OTHER_REASON',
        `a key's own policy cannot be read: ${messageOf(error)}`,
      );
    }
    return () => messageOf(error);
  }
}

function committedPolicy(
  config: ChannelConfig,
  state: StateReader,
  definition: ChaincodeDefinition,
  { namespace, collection, key }: KeyId,
): Uint8Array | undefined {
  if (typeof key === 'string')
    return state.get(namespace, key)?.metadata?.get(VALIDATION_PARAMETER);
  if (!hasCollection(config, definition, collection)) return undefined;
  return state.getHash(namespace, collection, key)?.metadata?.get(VALIDATION_PARAMETER);
}

/** Malformed bytes, in contrast to a decodable policy that nobody can satisfy. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof LedgerError &&
    error.cause instanceof LedgerError &&
    error.cause.code === 'MALFORMED_BYTES'
  );
}

/** The keys whose metadata a transaction sets, as {@link keyIdText}. */
export function metadataKeys(rwset: TxRwSet): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { namespace, metadataWrites, collections } of rwset) {
    for (const { key } of metadataWrites) keys.add(keyIdText({ namespace, collection: '', key }));
    for (const { collection, metadataWrites: hashed } of collections) {
      for (const { keyHash } of hashed) {
        keys.add(keyIdText({ namespace, collection, key: keyHash }));
      }
    }
  }
  return keys;
}

/** A unique text for a key. */
export function keyIdText({ namespace, collection, key }: KeyId): string {
  const text = typeof key === 'string' ? key : Buffer.from(key).toString('latin1');
  return JSON.stringify([namespace, collection, text]);
}
