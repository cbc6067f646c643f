/** Duties (职责): the clauses of 三定 documents, where they overlap, and what rests on them. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';
