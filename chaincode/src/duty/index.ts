/** Duties (职责): the clauses of 三定 documents, where they overlap, and what rests on them. */
export { dutyCommands, dutyQueries } from './commands';
export { dutyErrors } from './errors';
export { dutyKinds } from './records';
