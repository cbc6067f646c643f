export * from './errors.js';
export type * from './rwset/model.js';
export type * from './state/model.js';

// Formats: Fabric's bytes.
export { sha256 } from './crypto/hash.js';
export {
  createSigner,
  keyAlgorithm,
  verifySignature,
  verifySignatureAsync,
  type KeyAlgorithm,
  type Signer,
  type SignedMessage,
} from './crypto/keys.js';
export { isLowS, rawToDer, toLowS, type CurveName } from './crypto/signature.js';
export { malformed, WireReader } from './wire/reader.js';
export { WireWriter } from './wire/writer.js';

export * from './envelope/chaincode.js';
export * from './envelope/envelope.js';
export * from './envelope/headers.js';
export * from './envelope/proposal.js';
export * from './envelope/response.js';
export * from './envelope/outline.js';
export * from './envelope/transaction.js';

export {
  decodeTxRwSet,
  decodeTxWrites,
  encodeTxRwSet,
  isDeleteHashedWrite,
  isDeleteWrite,
} from './rwset/codec.js';
export { isMerkleSummary } from './rwset/kv.js';
export { MERKLE_MAX_DEGREE, merkleSummary, RangeReads } from './rwset/merkle.js';
export { compareUtf8, sortTxRwSet } from './rwset/order.js';
export {
  decodePrivateWrites,
  decodeTxPrivateRwSet,
  encodePrivateWrites,
  encodeTxPrivateRwSet,
  hashKey,
  hashPrivateWrites,
  type HashedPrivateWrites,
} from './rwset/private.js';

export * from './block/block.js';
export * from './block/commit.js';
export { dataHash, headerBytes, headerHash, type BlockHeader } from './block/header.js';
export * from './block/signatures.js';

// Identities.
export {
  isPlainPem,
  parseCertificate,
  tlsCertHash,
  type Certificate,
} from './identity/certificate.js';
export { decodePem, encodePem } from './identity/pem.js';
export {
  createMsp,
  Msp,
  type IdentityVerdict,
  type MspOptions,
  type ValidatedIdentity,
} from './identity/msp.js';
export {
  decodeMspConfig,
  encodeMspConfig,
  type CryptoConfig,
  type MspDefinition,
  type NodeOus,
  type OrganizationalUnit,
} from './identity/msp-definition.js';
export { identityReasons, type IdentityReason } from './identity/reasons.js';
export { nodeRoles, type NodeRole } from './identity/units.js';
export {
  decodeIdentity,
  encodeIdentity,
  mostIdentityBytes,
  type SerializedIdentity,
} from './identity/serialized.js';

// Policies and the channel config.
export * from './identity/principal.js';
export * from './policy/signature-policy.js';
export * from './policy/model.js';
export * from './policy/signature.js';
export * from './policy/implicit-meta.js';
export * from './policy/application.js';
export * from './policy/dsl.js';
export * from './policy/plan.js';
export * from './policy/signers.js';
export * from './config/tree.js';
export type * from './config/values.js';
export type {
  ApplicationOrganization,
  Organization,
  OrdererOrganization,
} from './config/organizations.js';
export type { BatchSettings, OrdererConfig } from './config/orderer.js';
export { channelConfigFrom, type ApplicationConfig, type ChannelConfig } from './config/channel.js';
export { parseConfigBlock } from './config/block.js';
export * from './config/envelopes.js';
export {
  computeUpdate,
  decodeConfigUpdate,
  encodeConfigUpdate,
  type ConfigUpdate,
} from './config/update.js';
export { applyConfigEnvelope, authorizeUpdate, proposeConfigUpdate } from './config/authorize.js';

// Chaincode definitions.
export * from './lifecycle/keys.js';
export * from './lifecycle/collections.js';
export * from './lifecycle/definition.js';
export * from './lifecycle/approval.js';
export * from './lifecycle/serializer.js';
export * from './lifecycle/policies.js';

// State and verdicts.
export { changePublic, type Content, type Metadata } from './state/key-ops.js';
export { MemoryState } from './state/memory.js';
export { UpdateBatch } from './state/update-batch.js';
export { validationCode, validationCodeName, type ValidationCodeName } from './validate/codes.js';
export type {
  BlockVerdict,
  Halt,
  TransactionVerdict,
  ValidationContext,
} from './validate/model.js';
export { CONFIG_KEY, validateBlock } from './validate/block.js';
export { readTransaction, type Reading } from './validate/transaction.js';
export { VALIDATION_PARAMETER } from './validate/key-policy.js';

// The auditor's verifier.
export { ClockWatch, type ClockRemark, type TimedAct } from './verify/clock-watch.js';
export {
  auditFindingCodes,
  auditVerdict,
  auditVerdicts,
  type AuditFinding,
  type AuditFindingCode,
  type AuditVerdict,
} from './verify/findings.js';
export {
  ChainVerifier,
  isGenesisPin,
  type AuditReport,
  type ChainVerifierOptions,
} from './verify/verifier.js';
export { PinnedChain, type CheckedBlock, type PinnedChainOptions } from './verify/pinned-chain.js';
export { claimedConfigs } from './verify/last-config.js';
export {
  checkEndorsements,
  conflictShownBy,
  ENDORSEMENT_POLICY,
  isConflictCode,
  witnessOf,
  type CodeBasis,
  type EndorsementCheck,
  type TransactionWitness,
} from './verify/witness.js';
