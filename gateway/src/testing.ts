/** For suites that look inside: what only they import. Product code never does. */

// The whole.
export { readConfig, type GatewayConfig } from './assembly/config.js';
export type { Engine } from './assembly/engine.js';
export { openFabricEngine, openFabricNetworkEngine } from './assembly/fabric-engine.js';
export { openGateway, type Gateway } from './assembly/gateway.js';
export { backupSocket } from './assembly/back-up.js';
export { restoreGateway } from './assembly/restore.js';
export { describeGateway } from './cli/program.js';
export type { GatewayOptions } from './assembly/options.js';
export { gatewayErrorWords } from './error-words/index.js';
export { ContractError, GatewayError, gatewayStatus, type GatewayErrorCode } from './errors.js';
export { consoleRouter } from './http/routes/console.js';
export { isOfOneConnection } from './uncaught.js';

// The peer behind it.
export {
  isOrderedAlready,
  peerFailure,
  toEndorseError,
  toGatewayError,
  toSubmitError,
  type PeerFailure,
} from './peer/failures.js';
export { withFallback } from './peer/fallback.js';
export { openGrpcPeer, type GrpcPeer } from './peer/grpc.js';
export type { OwnPeers } from './peer/own-peers.js';
export type { PeerGateway } from './peer/port.js';

// Who calls.
export type { Caller } from './callers/caller.js';
export { checkSignature } from './callers/signature-check.js';
export { Challenges } from './sessions/challenge.js';
export { Membership } from './sessions/membership.js';
export { SessionStore } from './sessions/session-store.js';
export { readAccounts } from './custody/account-files.js';
export {
  removeAccount,
  renewAccount,
  revokeAccount,
  revokeApiKey,
  rotateAccount,
  rotateApiKey,
} from './custody/account-changes.js';
export { apiKeysFile, ensureAccounts } from './custody/ensure-accounts.js';
export { openKey, sealKey } from './custody/key-vault.js';
export { assertSealing, keyEncryptionKey, sealingProof } from './custody/sealing-key.js';
export { importWallet, readWalletIdentity } from './custody/wallet.js';

// Writes on their way.
export { commandInput } from './commands/command-input.js';
export { mostHeld, NumberBook } from './commands/number-book.js';
export {
  NumberBooks,
  numbersAgain,
  returnNumbers,
  withNumbers,
  type NumberSources,
} from './commands/numbers.js';
export { numberAt, placeOf } from './commands/number-rows.js';
export { caseNumber, shanghaiDay } from './commands/numbers.js';
export { commandRoutes } from './commands/route-table.js';
export { PendingStore } from './commands/pending-store.js';
export { nextAttempt } from './commands/transitions.js';

// The read index and its stores.
export { KeyedQueue } from './store/keyed-queue.js';
export { openLevelStore } from './store/level-store.js';
export { readPage } from './store/page.js';
export type { StateStore, StoreChange } from './store/state-store.js';
export { checkOf, conforming } from './index-store/conforms.js';
export type { DecodedBlock, DecodedTransaction } from './index-store/decode.js';
export { listDue } from './index-store/due-list.js';
export { listInbox } from './index-store/inbox-list.js';
export { IndexFeed } from './index-store/feed.js';
export { indexKeys, indexLayout } from './index-store/keys.js';
export { compactQueues } from './index-store/queues.js';
export { IndexReader } from './index-store/reader.js';
export { caseRow, waitingOf } from './index-store/rows.js';
export { blockChanges, calendarYears, countedCases } from './indexing/apply.js';
export { BlockFollower } from './indexing/follower.js';

// What time makes due.
export { Backoff } from './scheduler/backoff.js';
export { outcomeOf } from './scheduler/outcome.js';
export { proposalsOf } from './scheduler/plan.js';
export type { DueProposal } from './scheduler/proposal.js';
export type { SchedulerSettings } from './scheduler/scheduler.js';

// What the API is.
export { isOneOf, networkOf } from './http/addresses.js';
export type { AppDependencies } from './http/context.js';
export { createLogger } from './http/logging.js';
export { openApiDocument } from './http/openapi.js';
export { servedReads } from './http/routes/read-routes.js';
export { contractStatus } from './http/status.js';

// Documents and drafts off the ledger.
export { DraftStore } from './drafts/store.js';
export { changesBetween } from './signoff/changes.js';
export { checkedInput as checkedSignoffInput } from './signoff/act-input.js';
export { begin as beginSignoff, isTurn, proofOf, takeStep } from './signoff/rules.js';
export { chunkBytes, decrypted, encrypted } from './documents/cipher.js';
export { ChangeDesk } from './channel-changes/desk.js';
export { S3Objects, s3Schema, type S3Settings } from './documents/s3-objects.js';
export { DocumentStore, type DocumentSettings, type Upload } from './documents/store.js';

// The audit journal.
export { noteAccounts } from './audit/accounts.js';
export { archiveOldest } from './audit/archive.js';
export { AuditJournal } from './audit/journal.js';
export { noteConfig } from './audit/members.js';
export { RefusalNotes } from './audit/refusals.js';

// The figures of the reform.
export { caseFacts } from './facts/case-facts.js';
export {
  calendarFacts,
  departmentFacts,
  dutyFacts,
  matterFacts,
  oneThingCaseFacts,
  overlapFacts,
  reviewFacts,
} from './facts/catalogue-facts.js';
export { hoursBetween } from './facts/elapsed.js';
export { factEntries, type PlacedFact } from './facts/fact.js';
export {
  attestationFacts,
  challengeFacts,
  disputeFacts,
  shareFacts,
} from './facts/sharing-facts.js';
export { cardFacts, orderFacts, rulingFacts } from './facts/supervision-facts.js';
export { transactionFacts } from './facts/transaction-facts.js';
export { measureOf, measures, splitsOf } from './stats/catalogue.js';
export { csvOf } from './stats/csv.js';
export { percentile, type Figure, type Selection } from './stats/figures.js';
export type { Measure } from './stats/measure.js';
export { countRecords, readFigures } from './stats/reading.js';
export { reportOf } from './stats/report.js';
export { refusalFacts } from './stats/refusals.js';
