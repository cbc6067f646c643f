export { CodedError, LedgerError, type Sentence } from './errors.js';

// Formats: Fabric's bytes.
export { DER, derElement, derInteger } from './crypto/der.js';
export { sha256 } from './crypto/hash.js';
export {
  createSigner,
  keyAlgorithm,
  verifySignature,
  verifySignatureAsync,
  type SignedMessage,
  type Signer,
} from './crypto/keys.js';
export { encodeSignature, isLowS, toLowS } from './crypto/signature.js';
export { bytes, encoded, int32, list, message, string, strings } from './wire/message.js';
export { WireWriter } from './wire/writer.js';
export {
  buildEnvelope,
  decodeEnvelope,
  decodePayload,
  encodePayload,
  parseEnvelope,
  type ParsedEnvelope,
} from './envelope/envelope.js';
export {
  encodeChannelHeader,
  encodeSignatureHeader,
  encodeTimestamp,
  headerType,
  timestampFromDate,
  timestampToDate,
} from './envelope/headers.js';
export { deliverResponse, seekEnvelope } from './envelope/deliver.js';
export { gatewayRequest } from './envelope/gateway-request.js';
export { outlineOf, type TransactionOutline } from './envelope/outline.js';
export {
  buildProposal,
  newTransactionId,
  parseProposal,
  parseSignedProposal,
  proposalHash,
  type ParsedProposal,
  type ParsedSignedProposal,
} from './envelope/proposal.js';
export {
  buildResponsePayload,
  decodeResponse,
  encodeChaincodeEvent,
  encodeResponse,
  endorsementMessage,
  endorsementParts,
  type ChaincodeEvent,
  type ChaincodeResponse,
} from './envelope/response.js';
export {
  buildTransactionPayload,
  parseTransaction,
  endorsersIn,
  transactionEffects,
  transactionProposalHash,
  transactionResponse,
  transactionResults,
  type Endorsement,
  type ParsedTransaction,
  type TransactionEffects,
} from './envelope/transaction.js';
export { signedEnvelope, type SigningIdentity } from './envelope/signed.js';
export { decodeTxRwSet, decodeTxWrites, encodeTxRwSet, isDeleteWrite } from './rwset/codec.js';
export { merkleSummary } from './rwset/merkle.js';
export type {
  CollectionRwSet,
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  KvRead,
  KvWrite,
  MetadataEntry,
  MetadataWrite,
  NamespaceRwSet,
  PrivateCollectionWrites,
  RangeQuery,
  TxRwSet,
  Version,
} from './rwset/model.js';
export { compareUtf8 } from './rwset/order.js';
export {
  decodeTxPrivateRwSet,
  encodePrivateWrites,
  encodeTxPrivateRwSet,
  hashKey,
} from './rwset/private.js';
export {
  blockMetadataIndex,
  buildBlock,
  encodeBlock,
  metadataAt,
  parseBlock,
  withMetadata,
  type ParsedBlock,
} from './block/block.js';
export {
  commitHash,
  commitHashOf,
  transactionsFilter,
  withCommitHash,
  withTransactionsFilter,
} from './block/commit.js';
export { headerHash } from './block/header.js';
export {
  blockSignatureMessage,
  creatorHeader,
  decodeOrdererMetadata,
  decodeSignatureMetadata,
  encodeLastConfig,
  encodeOrdererMetadata,
  encodeSignatureMetadata,
} from './block/signatures.js';

// Identities.
export {
  isCanonicalPem,
  parseCertificate,
  tlsCertHash,
  type Certificate,
} from './identity/certificate.js';
export { canonicalDer } from './identity/chain.js';
export { parseCrl, readCrl, type Revocation } from './identity/crl.js';
export { encodePem } from './identity/pem.js';
export {
  answerCheck,
  certificateRequest,
  commonNameOnly,
  parseCertificateRequest,
  requestNumber,
} from './identity/request.js';
export { decodeMspConfig, encodeMspConfig } from './identity/msp-definition.js';
export { Msp, type IdentityVerdict, type ValidatedIdentity } from './identity/msp.js';
export { decodeRole, principalKind, rolePrincipal, unitPrincipal } from './identity/principal.js';
export {
  decodeIdentity,
  encodeIdentity,
  maxIdentityBytes,
  type SerializedIdentity,
} from './identity/serialized.js';

// Policies and the channel config.
export { encodeApplicationPolicy } from './policy/application.js';
export { parseSignaturePolicy } from './policy/dsl.js';
export { implicitMeta, metaRule } from './policy/implicit-meta.js';
export type { Policy } from './policy/model.js';
export { coveredBy, smallestEndorserSet } from './policy/plan.js';
export {
  anyOf,
  decodeSignaturePolicy,
  encodeSignaturePolicy,
  signedByRole,
  type SignatureRule,
} from './policy/signature-policy.js';
export { compileSignaturePolicy } from './policy/signature.js';
export { identify, type Verify } from './policy/signers.js';
export { planUpdate, proposeConfigUpdate, type PlannedUpdate } from './config/authorize.js';
export { parseConfigBlock } from './config/block.js';
export { computeUpdate } from './config/compute-update.js';
export { parseDuration } from './config/duration.js';
export { encodeConfigUpdateEnvelope, type ConfigUpdateEnvelope } from './config/envelopes.js';
export { encodeConfig, type ConfigGroup, type PolicyDefinition } from './config/tree.js';
export { encodeConfigUpdate } from './config/update.js';
export {
  aclList,
  anchorPeers,
  batchSize,
  batchTimeout,
  bftConsenters,
  consensusType,
  dataHashingStructure,
  hashingAlgorithm,
  ordererAddresses,
  type Consenter,
} from './config/values.js';
export { channelConfigFrom, type ChannelConfig } from './config/channel.js';
export type { BatchSettings } from './config/orderer.js';

// A change of the channel that departments sign.
export { consentTo, consentWords, countingOnly, type Consent } from './change/consent.js';
export { differences, type Difference } from './change/difference.js';
export { digest } from './change/facts.js';
export {
  changeFingerprint,
  changeId,
  signedUpdate,
  signingOf,
  updateOf,
  withSignatures,
  type ChangeFile,
} from './change/file.js';
export { changeKindWords, wordsOfChange, type ChangeKind } from './change/kinds.js';
export { harmOf, sameConfig } from './change/harm.js';
export { faultsTolerated, isBft, quorumOf, quorumSize } from './change/quorum.js';
export { policyType, ruleText } from './change/rule-text.js';

// Chaincode definitions.
export { approvedDefinition, type ApprovedDefinition } from './lifecycle/approval.js';
export {
  decodeCollections,
  encodeCollections,
  implicitCollectionOf,
  type Collection,
} from './lifecycle/collections.js';
export {
  chaincodeDefinition,
  storedCollections,
  type ChaincodeDefinition,
  type ChaincodeParameters,
} from './lifecycle/definition.js';
export {
  approvalName,
  CHAINCODE_SOURCES,
  fieldKey,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  metadataKey,
  NAMESPACES,
} from './lifecycle/keys.js';
export { collectionPolicy, DEFAULT_POLICY, validationInfo } from './lifecycle/policies.js';
export {
  definitionStructure,
  localPackageStructure,
  parametersStructure,
  storeStructure,
  structureMismatches,
  type LifecycleStore,
} from './lifecycle/serializer.js';

// State and verdicts.
export { changePublic, type Content } from './state/key-ops.js';
export type {
  EarlierState,
  HashedUpdate,
  Purge,
  StateReader,
  StateUpdates,
  VersionedHash,
  VersionedValue,
} from './state/model.js';
export { UpdateBatch } from './state/update-batch.js';
export { CONFIG_KEY, validateBlock } from './validate/block.js';
export { validationCode, validationCodeName, type ValidationCodeName } from './validate/codes.js';
export type { BlockVerdict, Halt } from './validate/model.js';
export { readTransaction, type Reading } from './validate/transaction.js';

// The auditor's verifier.
export { signingConsenters } from './verify/orderers.js';
export { ClockWatch, type TimedAct } from './verify/clock-watch.js';
export {
  auditVerdict,
  findingWords,
  type AuditFinding,
  type AuditVerdict,
} from './verify/findings.js';
export { claimedConfigs } from './verify/last-config.js';
export { PinnedChain, type CheckedBlock } from './verify/pinned-chain.js';
export { ChainVerifier, isGenesisPin, type AuditReport } from './verify/verifier.js';
export {
  checkEndorsements,
  findConflictCause,
  ENDORSEMENT_POLICY,
  isConflictCode,
  evidenceOf,
  type CodeBasis,
  type TransactionEvidence,
} from './verify/evidence.js';
