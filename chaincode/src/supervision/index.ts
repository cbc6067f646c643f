/** Supervision: cards, orders, reminders and evaluations (红黄牌、督办、催办、好差评). */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
