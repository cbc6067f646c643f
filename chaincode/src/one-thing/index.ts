/** One things (一件事): matters of several departments filed as one. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
