/** For a program in a browser: nothing here reads a file or opens a socket. */
export { YiciClient } from './api/client.js';
export type { Committed, ExecuteOptions } from './api/execute.js';
export { ClientError } from './errors.js';

// Who signs, and where.
export { connectionSchema, pinsOf, type Connection } from './identity/connection.js';
export type { Identity } from './identity/identity.js';
export { createWebCryptoSigner, importSigningKey } from './signers/webcrypto.js';

// What is filled in of a filing.
export { formToFill } from './api/form-to-fill.js';

// Certificates for those who have none yet.
export { enrolments, type EnrolmentAnswer } from './api/enrolment.js';
export { requestNumber } from '@yici/ledger';

// What somebody is asked to sign, and what was refused.
export { readToSign, type ToSign } from './api/to-sign.js';
export { basisOf, refusedIn } from './contract-refusal.js';

// What is checked alone.
export { ChainSummary } from './audit/chain-summary.js';
export { recordOf, runReport, type AuditRunReport } from './audit/run-report.js';
export { notProvedBy, parseReceipt, provedBy, verifyReceipt } from './api/saved-receipt.js';
export type { ReceiptReport, SavedReceipt } from './api/saved-receipt.js';
export { provedIssue } from './chain/issued.js';
export { codeFindings } from './chain/paper-check.js';
export { paperSources, stepOfCard } from './chain/paper-sources.js';
export { proveCase, receiptFor, type CaseProof, type EventProof } from './chain/proof.js';
export {
  ChainVerifier,
  findingWords,
  isGenesisPin,
  PinnedChain,
  verifySignatureAsync,
} from '@yici/ledger';
export { comparedValues, type ComparedValue } from './documents/compared-values.js';
export { seal, unseals } from './documents/digest.js';
export { disclosureSchema, matchDisclosure, type Disclosure } from './documents/disclosure.js';
export { verdictOf } from './chain/attestation-verdict.js';

// A change of the channel, read and signed.
export {
  changeFingerprint,
  consentTo,
  consentWords,
  differences,
  encodeIdentity,
  harmOf,
  planUpdate,
  signedUpdate,
  signingOf,
  updateOf,
  wordsOfChange,
  type ChangeFile,
  type Consent,
  type Difference,
} from '@yici/ledger';

// Fabric's bytes, decoded to be shown.
export {
  anchorPeers,
  decodeIdentity,
  isDeleteWrite,
  parseBlock,
  parseCertificate,
  parseConfigBlock,
  parseTransaction,
  readTransaction,
  type Certificate,
  type ChannelConfig,
  type NamespaceRwSet,
  type ValidationCodeName,
} from '@yici/ledger';
