/** For suites that look inside: what only they import. Product code never does. */

export { clientExitCodes } from './errors.js';

// The API.
export { checkTransaction } from './api/check-transaction.js';
export { checkProposal, type Asked } from './api/check.js';
export { createHttp } from './api/http.js';

export type { Committed } from './api/execute.js';
export type { ReceiptReport, SavedReceipt } from './api/saved-receipt.js';

// Who signs.
export type { Pins } from './identity/pins.js';
export { createSm2Signer, newSm2Key, type AppSigner, type Sm2Key } from './signers/sm2.js';

// What is checked alone.
export { verdictOf } from './chain/attestation-verdict.js';
export { checkCaseChain } from './chain/chain.js';
export { seal, unseals } from './documents/digest.js';
export { keepSalt, readSalt } from './documents/salt-store.js';
export { chainFindings, checkJournal, type JournalLine } from './audit/journal.js';
export type { AuditJson } from './audit/audit-json.js';
export { auditRunReport, recordOf, runReport, type AuditRunReport } from './audit/run-report.js';
export { verifyFolder } from './audit/verify-folder.js';

// A case for the archive.
export { translationEdition } from './export/gbt39046.js';
export type { LedgerPlace } from './export/package.js';
export { verifyCaseExport } from './export/verify.js';
export { verifyArchive } from './archive/verify.js';

// The demo.
export { readDemoData, type DemoData } from './demo/data.js';
export { demoWindowSeconds, loadDemo, type LoadDemoOptions } from './demo/load.js';
export { provisionalCalendar, yearsInReach } from './demo/provisional.js';
export { shownRules } from './demo/story.js';

// The command.
export { askForm } from './cli/ask/form.js';
export type { Prompts } from './cli/ask/prompts.js';
export type { Asking } from './cli/ask/value.js';
export { Results } from './cli/batch/results.js';
export { readActs } from './cli/write/batch-file.js';
export { csvRows } from './cli/write/csv.js';
export { failureOf, type ExitCode } from './cli/exit.js';
export { confirmed, onlyTime } from './cli/spec/confirm.js';
export { formOf } from './cli/form/fields.js';
export { checkInput, inputIssues, readForm, type FormSources } from './cli/form/values.js';
export {
  forgetSession,
  homeFolder,
  readSession,
  writeSession,
  type StoredSession,
} from './cli/home.js';
export { addWrite } from './cli/write/run.js';
export { formOfCommand, writeSpec } from './cli/spec/spec.js';
export { main } from './bin/main.js';
export { createProgram } from './bin/program.js';
export { processTerminal, progressLine, type Terminal } from './terminal/terminal.js';
