import {
  encodeApplicationPolicy,
  encodeSignaturePolicy,
  parseSignaturePolicy,
  type Collection,
} from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { z } from 'zod';
import { NetworkError } from '../errors.js';

/** One entry of Fabric's `--collections-config` file (internal/peer/chaincode/common.go). */
const collection = z.strictObject({
  name: z.string().min(1),
  policy: z.string().min(1),
  requiredPeerCount: z.int().min(0).default(0),
  maxPeerCount: z.int().min(0).default(1),
  blockToLive: z.int().min(0).default(0),
  memberOnlyRead: z.boolean().default(false),
  memberOnlyWrite: z.boolean().default(false),
  endorsementPolicy: z
    .strictObject({
      signaturePolicy: z.string().optional(),
      channelConfigPolicy: z.string().optional(),
    })
    .optional(),
});
const collectionsFile = z.array(collection);
type Entry = z.output<typeof collection>;

/**
 * Reads a collections file for a chaincode definition.
 * @throws NetworkError TOPOLOGY_INVALID with every offending path; LedgerError MALFORMED_POLICY
 */
export function readCollections(file: string): Collection[] {
  const result = collectionsFile.safeParse(parse(file));
  if (result.success) return result.data.map(collectionOf);
  const issues = result.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }));
  throw invalid(file, issues);
}

/** `protos.ApplicationPolicy` bytes of a policy in Fabric's language, or of the path of a channel policy. */
export function applicationPolicyOf(rule: string): Uint8Array {
  return encodeApplicationPolicy(
    rule.startsWith('/')
      ? { kind: 'reference', path: rule }
      : { kind: 'signature', policy: parseSignaturePolicy(rule) },
  );
}

function collectionOf({ policy, maxPeerCount, endorsementPolicy, ...entry }: Entry): Collection {
  const rule = endorsementPolicy?.signaturePolicy ?? endorsementPolicy?.channelConfigPolicy ?? '';
  return {
    ...entry,
    maximumPeerCount: maxPeerCount,
    blockToLive: BigInt(entry.blockToLive),
    memberPolicy: encodeSignaturePolicy(parseSignaturePolicy(policy)),
    endorsementPolicy: rule === '' ? undefined : applicationPolicyOf(rule),
  };
}

function parse(file: string): unknown {
  const text = readGiven(file, ({ en }) => invalid(file, [{ path: '', message: en }])).toString();
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, [{ path: '', message: 'cannot be read as JSON' }]);
  }
}

function invalid(file: string, issues: readonly { path: string; message: string }[]): NetworkError {
  const text = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  const message = `The collections file ${file} is not valid: ${text}`;
  return new NetworkError('TOPOLOGY_INVALID', message, { details: { file, issues } });
}
