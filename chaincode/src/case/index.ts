/** Cases (办件): filing, acceptance, opinions, decision, delivery, their clocks, who is responsible, and duty rulings. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './kinds';
