/** Attestations (存证): a source department's word about fields of its data, and what was done with it. */
export { attestationCommands, attestationQueries } from './commands';
export { attestationErrors } from './errors';
export { attestationKinds } from './records';
