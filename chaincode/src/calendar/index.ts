/** A year's working days, and limits counted in them. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
