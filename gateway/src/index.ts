// The whole: a gateway over a peer, and the HTTP application alone.
export {
  openGateway,
  type Gateway,
  type GatewayDependencies,
  type GatewayOptions,
} from './assembly/gateway.js';
export { createApp, type App } from './http/app.js';
export type { AppDependencies, NetworkFacts } from './http/context.js';
export { isOneOf, networkOf } from './http/addresses.js';
export type { HttpLimits } from './http/limits.js';
export { readConfig, type CommandLine, type GatewayConfig } from './assembly/config.js';
export { ContractError, GatewayError, gatewayErrorCodes, type GatewayErrorCode } from './errors.js';

// The peer behind it.
export type { DeliverKind, PeerFailure, PeerFailureDetail, PeerGateway } from './peer/port.js';
export { readDelivered, seekEnvelope, type SeekIdentity, type SeekRange } from './peer/messages.js';
export { openGrpcPeer, type GrpcPeer, type GrpcPeerOptions } from './peer/grpc.js';
export {
  openFabricNetworkPeer,
  type FabricNetworkOptions,
  type FabricNetworkPeer,
} from './peer/fabric-network/adapter.js';
export { openFabricEngine, openFabricNetworkEngine } from './assembly/fabric-engine.js';
export type { Engine } from './assembly/engine.js';
export type { OwnPeers } from './peer/own-peers.js';
export { withFallback, type FallbackOptions } from './peer/fallback.js';
export { checkPeer, type DescribedPeer, type Expected } from './peer/check-peer.js';
export { isOrderedAlready, peerFailure, toGatewayError, toSubmitError } from './peer/failures.js';

// Who calls.
export { Challenges, loginMessage, type Challenge } from './sessions/challenge.js';
export { Membership } from './sessions/membership.js';
export { SessionStore } from './sessions/session-store.js';
export { checkSignature } from './callers/signature-check.js';
export type { Caller } from './callers/caller.js';
export { ensureAccounts, apiKeysFile } from './custody/ensure-accounts.js';
export { readAccounts, type AccountIdentity } from './custody/account-files.js';
export { keyEncryptionKey, type SealedBy } from './custody/sealing-key.js';
export { rotateSealingKey } from './cli/rotate.js';
export { revokeApiKey, rotateApiKey } from './custody/api-key-change.js';
export { importWallet, readWalletIdentity, type WalletImport } from './custody/wallet.js';
export { openKey, sealKey } from './custody/key-vault.js';

// Writes on their way.
export { commandRoutes, type CommandRoute } from './commands/route-table.js';
export { commandInput, givenCommand } from './commands/command-input.js';
export { numberAt } from './commands/number-rows.js';
export { caseNumber, shanghaiDay } from './commands/case-number.js';
export { mostHeld, NumberBook } from './commands/number-book.js';
export { KeyedQueue } from './store/keyed-queue.js';

// The read index and its stores.
export type { StateStore, StoreChange, StoreRange } from './store/state-store.js';
export { openLevelStore } from './store/level-store.js';
export { GroupWriter } from './store/group-writer.js';
export { BlockFollower, type BlockSource } from './indexing/follower.js';
export { blockChanges } from './indexing/apply.js';
export { checkOf, conforming } from './index-store/conforms.js';
export { indexLayout } from './index-store/keys.js';
export { compactQueues } from './index-store/queues.js';
export type { DecodedBlock, DecodedTransaction } from './index-store/decode.js';
export { IndexFeed } from './index-store/feed.js';
export { IndexReader } from './index-store/reader.js';
export { readPage, type Page, type PageRequest } from './store/page.js';
export {
  caseInbox,
  caseRow,
  matterInbox,
  type CaseRow,
  type InboxRow,
} from './index-store/rows.js';

export { listDue, type DueItem } from './index-store/due-list.js';
export type { DueCommand, DueRow } from './index-store/due-row.js';

// What time makes due.
export {
  Scheduler,
  type Round,
  type SchedulerCount,
  type SchedulerDependencies,
  type SchedulerObstacle,
  type SchedulerSettings,
} from './scheduler/scheduler.js';
export { Backoff } from './scheduler/backoff.js';
export { proposalsOf, type DueProposal } from './scheduler/plan.js';
export { outcomeOf, type DueOutcome } from './scheduler/outcome.js';

// What the API is.
export { audienceOf } from './http/audiences.js';
export { openApiDocument } from './http/openapi.js';
export { readRoutes } from './http/read-routes.js';
export { createLogger, redactedPaths } from './http/logging.js';
export { gatewayStatus, contractStatus } from './http/status.js';

// Documents off the ledger.
export { DocumentStore, type DocumentSettings, type Upload } from './documents/store.js';
export type { DocumentRecord, DocumentView } from './documents/model.js';
export { decrypted, encrypted, chunkBytes } from './documents/cipher.js';
export { mediaTypes } from './documents/media.js';
export { s3Schema } from './documents/s3-objects.js';

// The audit journal.
export { AuditJournal, type JournalHead } from './audit/journal.js';
export { archiveOldest } from './audit/archive.js';
export { RefusalNotes } from './audit/refusals.js';
export { noteAccounts } from './audit/accounts.js';
export { noteConfig } from './audit/members.js';
export { journalKinds, type JournalEntry, type JournalLine } from './audit/lines.js';

// The figures of the reform.
export { measures, measureOf, splitsOf } from './stats/catalogue.js';
export type { Measure } from './stats/measure.js';
export { caseFacts } from './facts/case-facts.js';
export {
  calendarFacts,
  datasetFacts,
  departmentFacts,
  dutyFacts,
  matterFacts,
  oneThingCaseFacts,
  oneThingFacts,
  overlapFacts,
  reviewFacts,
} from './facts/catalogue-facts.js';
export {
  attestationFacts,
  challengeFacts,
  disputeFacts,
  shareFacts,
} from './facts/sharing-facts.js';
export { cardFacts, orderFacts, rulingFacts } from './facts/supervision-facts.js';
export { refusalFacts } from './stats/refusals.js';
export { hoursBetween } from './facts/elapsed.js';
export { percentile, type Figure, type Selection } from './stats/figures.js';
export { factEntries, type PlacedFact } from './facts/fact.js';
export { Journal } from './stats/journal.js';
export { countBehind, readFigures } from './stats/reading.js';
export { csvOf } from './stats/csv.js';
export { guardProcess, isOfOneConnection } from './uncaught.js';
