/** One things (一件事): matters of several departments filed as one. */
export { oneThingCommands, oneThingQueries } from './commands';
export { oneThingErrors } from './errors';
export { oneThingKinds } from './records';
