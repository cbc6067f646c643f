/** Departments of the channel and the functions that the law gives some of them. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
