/** A year's working days, and limits counted in them. */
export { calendarCommands, calendarQueries } from './commands';
export { calendarErrors } from './errors';
export { calendarKinds } from './records';
