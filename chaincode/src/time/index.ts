/** What the ledger shows of time: beacons. */
export { timeCommands } from './commands';
export { timeErrors } from './errors';
export { timeKinds } from './records';
