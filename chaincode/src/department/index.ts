/** Departments of the channel and the functions that the law gives some of them. */
export { departmentCommands, departmentQueries } from './commands';
export { departmentErrors } from './errors';
export { departmentKinds } from './records';
