import { keyKind, padded } from '../kernel/keys';
import {
  datasetCoverOfNameRecord,
  datasetCoverRecord,
  datasetRecord,
  datasetVersionRecord,
} from './records';
import { dataTopicRecord } from './topic-records';

/** How the records of this concept are kept in the world state. */
export const kinds = {
  dataset: keyKind('dataset', datasetRecord, (r) => [r.datasetId]),
  datasetVersion: keyKind('datasetVersion', datasetVersionRecord, (r) => [
    r.datasetId,
    padded(r.version),
  ]),
  datasetCoverOfName: keyKind('datasetCoverOfName', datasetCoverOfNameRecord, (r) => [
    r.name,
    r.datasetId,
  ]),
  datasetCover: keyKind('datasetCover', datasetCoverRecord, (r) => [r.materialCode, r.datasetId]),
  dataTopic: keyKind('dataTopic', dataTopicRecord, (r) => [r.topic]),
};
