/** Standing in for an absent official (AB岗). */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
