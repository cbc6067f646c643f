import {
  encodeApplicationPolicy,
  encodeSignaturePolicy,
  parseSignaturePolicy,
  type Collection,
} from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { z } from 'zod';
import { issueAt, issuesIn, type Issue } from '@yici/terminal/issues';
import { topologyInvalid } from '../topology/load.js';

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
  const given = parse(file);
  const result = collectionsFile.safeParse(given);
  if (result.success) return result.data.map(collectionOf);
  throw invalid(file, issuesIn(result.error, given));
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
  const text = readGiven(file, (words) => invalid(file, [issueAt('', words)])).toString();
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, [issueAt('', { zh: '不是可读的 JSON', en: 'cannot be read as JSON' })]);
  }
}

const invalid = (file: string, issues: readonly Issue[]) =>
  topologyInvalid(
    issues,
    { zh: `数据集合文件 ${file} `, en: `The collections file ${file}` },
    { file },
  );
