/** Heads of gateways' audit journals, anchored on the ledger. */
export { journalCommands, journalQueries } from './commands';
export { journalKinds } from './records';
