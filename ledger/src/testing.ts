/** For suites that look inside: what only they import. Product code never does. */

export { ledgerErrorCodes, type LedgerErrorCode } from './errors.js';

// Formats: Fabric's bytes.
export { WireReader } from './wire/reader.js';
export {
  encodeHeaderExtension,
  encodeInvocation,
  encodeProposalPayload,
} from './envelope/chaincode.js';
export { encodeHeader } from './envelope/headers.js';
export type { ProposalInput } from './envelope/proposal.js';
export { decodeChaincodeAction } from './envelope/response.js';
export { decodeTransactionAction } from './envelope/transaction.js';
export { isDeleteHashedWrite } from './rwset/codec.js';
export { isMerkleSummary } from './rwset/kv.js';
export { encodeHeight, encodeUpdates } from './block/commit.js';
export { dataHash, headerBytes } from './block/header.js';
export { decodeLastConfig } from './block/signatures.js';

// Identities.
export { type MspDefinition, type NodeOus } from './identity/msp-definition.js';
export { createMsp } from './identity/msp.js';
export { decodePem } from './identity/pem.js';
export { principalText } from './identity/principal.js';
export type { IdentityReason } from './identity/reasons.js';
export type { NodeRole } from './identity/units.js';

// Policies and the channel config.
export { implicitMetaPolicy } from './policy/implicit-meta.js';
export { distinctSigners, type PolicySigner } from './policy/model.js';
export type { SignaturePolicy } from './policy/signature-policy.js';
export { applyConfigEnvelope, authorizeUpdate } from './config/authorize.js';
export {
  configSignatureMessage,
  decodeConfigEnvelope,
  decodeConfigUpdateEnvelope,
  encodeConfigEnvelope,
} from './config/envelopes.js';
export { decodeConfig, encodeGroup, type ConfigPolicy, type ConfigValue } from './config/tree.js';

export { decodeConfigUpdate } from './config/update.js';

// Chaincode definitions.
export { implicitCollectionOwner } from './lifecycle/keys.js';

// State and verdicts.
export { MemoryState } from './state/memory.js';
export { VALIDATION_PARAMETER } from './validate/key-policy.js';

// The auditor's verifier.
export { auditFindingWords } from './verify/findings.js';
