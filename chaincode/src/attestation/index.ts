/** Attestations (存证): a source department's word about fields of its data, and what was done with it. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
