/** Audit runs of supervisors, recorded on the ledger. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
