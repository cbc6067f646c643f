/** Audit runs of supervisors, recorded on the ledger. */
export { auditCommands, auditQueries } from './commands';
export { auditErrors } from './errors';
export { auditKinds } from './records';
