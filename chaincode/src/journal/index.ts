/** Heads of gateways' audit journals, anchored on the ledger. */
export { commands, queries } from './commands';
export { kinds } from './records';
