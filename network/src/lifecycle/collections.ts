import { readFileSync } from 'node:fs';
import { common, peer } from '@hyperledger/fabric-protos';
import { encodeSignaturePolicy, parseSignaturePolicy } from '@yici/ledger';
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
type Collection = z.output<typeof collection>;

/**
 * Reads a collections file into the package for a chaincode definition.
 * @throws NetworkError TOPOLOGY_INVALID with every offending path; LedgerError MALFORMED_POLICY
 */
export function readCollections(file: string): peer.CollectionConfigPackage {
  const result = collectionsFile.safeParse(parse(file));
  if (!result.success) {
    const issues = result.error.issues.map(({ path, message }) => ({
      path: path.map(String).join('.'),
      message,
    }));
    throw invalid(file, issues);
  }
  const message = new peer.CollectionConfigPackage();
  for (const entry of result.data) message.addConfig(collectionConfig(entry));
  return message;
}

/** An endorsement policy in Fabric's language, or the path of a channel policy, as encoded in a definition. */
export function applicationPolicyOf(rule: string): peer.ApplicationPolicy {
  const policy = new peer.ApplicationPolicy();
  if (rule.startsWith('/')) policy.setChannelConfigPolicyReference(rule);
  else policy.setSignaturePolicy(signaturePolicy(rule));
  return policy;
}

function collectionConfig(entry: Collection): peer.CollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  members.setSignaturePolicy(signaturePolicy(entry.policy));
  const config = new peer.StaticCollectionConfig();
  config.setName(entry.name);
  config.setMemberOrgsPolicy(members);
  config.setRequiredPeerCount(entry.requiredPeerCount);
  config.setMaximumPeerCount(entry.maxPeerCount);
  config.setBlockToLive(entry.blockToLive);
  config.setMemberOnlyRead(entry.memberOnlyRead);
  config.setMemberOnlyWrite(entry.memberOnlyWrite);
  const rule =
    entry.endorsementPolicy?.signaturePolicy ?? entry.endorsementPolicy?.channelConfigPolicy;
  if (rule !== undefined && rule !== '') config.setEndorsementPolicy(applicationPolicyOf(rule));
  const message = new peer.CollectionConfig();
  message.setStaticCollectionConfig(config);
  return message;
}

function signaturePolicy(rule: string): common.SignaturePolicyEnvelope {
  const bytes = encodeSignaturePolicy(parseSignaturePolicy(rule));
  return common.SignaturePolicyEnvelope.deserializeBinary(bytes);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw invalid(file, [{ path: '', message: 'cannot be read as JSON' }]);
  }
}

function invalid(file: string, issues: readonly { path: string; message: string }[]): NetworkError {
  const text = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return new NetworkError(
    'TOPOLOGY_INVALID',
    `The collections file ${file} is not valid: ${text}`,
    {
      details: { file, issues },
    },
  );
}
