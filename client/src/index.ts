export { writeWhole } from './write-whole.js';
export { YiciClient, type ClientOptions, type Query } from './api/client.js';
export { checkProposal, type Asked } from './api/check.js';
export { checkTransaction, type Expected } from './api/check-transaction.js';
export { type EventOptions, type LedgerEvent } from './api/events.js';
export { type Committed, type ExecuteOptions } from './api/execute.js';
export { verifyReceipt, type ReceiptReport, type SavedReceipt } from './api/saved-receipt.js';
export { loginMessage } from './api/login.js';
export type { NetworkInfo, Page, Session, Transaction } from './api/shapes.js';
export { ClientError, clientErrorCodes, type ClientErrorCode } from './errors.js';
export { readIdentityFolder, type Connection, type FolderIdentity } from './identity/folder.js';
export type { Identity } from './identity/identity.js';
export type { PinnedGateway, Pins } from './identity/pins.js';
export { createPemSigner } from './signers/pem.js';
export type { Signer } from './signers/signer.js';
export {
  createSm2Signer,
  newSm2Key,
  readSm2Key,
  writeSm2Key,
  type AppSigner,
  type Sm2Key,
} from './signers/sm2.js';

export { verdictOf } from './chain/attestation-verdict.js';
export { checkShareChain } from './chain/share-chain.js';
export { checkCaseChain, type ChainCheck, type ChainFinding } from './chain/case-chain.js';
export { seal, unseals, type SaltedDigest, type Sealed } from './documents/digest.js';
export { matchDisclosure, type Disclosure } from './documents/disclosure.js';
export { keepSalt, readSalt } from './documents/salt-store.js';

export type { CastOptions, Identities } from './demo/cast.js';
export { readDemoData, type DemoData } from './demo/data.js';
export { loadDemo, type LoadDemoOptions, type LoadedDemo } from './demo/load.js';
export { demoWindowSeconds } from './demo/load.js';
export { provisionalCalendar, yearsInReach } from './demo/provisional.js';
export {
  runStory,
  shownRules,
  type RunStoryOptions,
  type Story,
  type StoryStep,
} from './demo/story.js';

export {
  caseJson,
  caseXml,
  packCase,
  translationEdition,
  verifyCaseExport,
  type CaseSources,
  type ExportCheck,
  type ExportFinding,
  type LedgerPlace,
} from './export/index.js';

export { failureOf, type ExitCode, type Failure } from './cli/exit.js';
export { formOf, type FieldKind, type FormField } from './cli/form/fields.js';
export { checkInput, readForm, type FormSources, type OptionValues } from './cli/form/values.js';
export {
  forgetSession,
  homeFolder,
  readSession,
  writeSession,
  type StoredSession,
} from './cli/home.js';
export { main } from './bin/main.js';
export { createProgram } from './bin/program.js';
export { renderFields, renderTable, type Column } from './terminal/table.js';
export { processTerminal, progressLine, type Screen, type Terminal } from './terminal/terminal.js';
export { clip, displayWidth, padTo, printable } from './terminal/text.js';
export type { WriteSpec } from './cli/write/spec.js';
export { writeSpecs } from './cli/write/specs.js';

export { auditJson, type AuditJson, type FindingJson } from './audit/present.js';
export { auditRunReport, recordOf, runReport, type AuditRunReport } from './audit/run-report.js';
export { verifyFolder, type FolderAudit, type VerifyFolderOptions } from './audit/verify-folder.js';
export { checkJournal, hashOfLine, type JournalLine } from './audit/journal.js';
export { brokenAt, supervisorRead, type SupervisorRead } from './cli/read/supervisor-reads.js';
