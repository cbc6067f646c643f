/** Reorganisations (机构改革): departments merge, split, change names; what was theirs goes to others, act by act. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
