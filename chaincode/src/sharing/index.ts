/** Data sharing between departments (Order 809): request, reply, delivery, use, dispute and end. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './kinds';
