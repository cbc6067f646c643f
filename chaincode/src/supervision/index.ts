/** Supervision: cards, orders, reminders and evaluations (红黄牌、督办、催办、好差评). */
export { supervisionCommands, supervisionQueries } from './commands';
export { supervisionErrors } from './errors';
export { supervisionKinds } from './records';
