/** Matters (事项): draft, cosignature, publication, review and end. */
export { matterCommands, matterQueries } from './commands';
export { matterErrors } from './errors';
export { matterKinds } from './records';
