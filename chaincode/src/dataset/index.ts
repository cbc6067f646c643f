/** The catalogue of data sets (政务数据目录), their publication, and who is the source of what. */
export { datasetCommands, datasetQueries } from './commands';
export { datasetErrors } from './errors';
export { datasetKinds } from './records';
export { datasetTopicKinds } from './topic-records';
