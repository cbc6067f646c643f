/** The catalogue of data sets (政务数据目录), their publication, and who is the source of what. */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './kinds';
