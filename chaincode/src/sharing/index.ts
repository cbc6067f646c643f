/** Data sharing between departments (Order 809): request, reply, delivery, use, dispute and end. */
export { sharingCommands, sharingQueries } from './commands';
export { sharingDisputeKinds } from './dispute-records';
export { sharingErrors } from './errors';
export { sharingKinds } from './records';
export { sharingUseKinds } from './use-records';
