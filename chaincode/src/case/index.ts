/** Cases (办件): filing, acceptance, opinions, decision, delivery, their clocks, who is responsible, and duty rulings. */
export { caseCommands, caseQueries } from './commands';
export { dutyRulingCommands, dutyRulingQueries } from './duty-ruling-commands';
export { caseDutyRulingKinds } from './duty-ruling-records';
export { caseErrors } from './errors';
export { caseKinds } from './records';
export { responsibilityErrors } from './responsibility-errors';
export { caseTimeErrors } from './time-errors';
export { caseTimeKinds } from './time-records';
