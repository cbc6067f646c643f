/** What the ledger shows of time: beacons. */
export { commands } from './commands';
export { errors } from './errors';
export { kinds } from './records';
