/** Matters (事项): draft, cosignature, publication, review and end. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
