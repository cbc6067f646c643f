import { z } from 'zod';
import { command, heads, officials, query } from '../kernel/operation';
import {
  datasetId,
  date,
  departmentId,
  digest,
  documentRef,
  listOf,
  page,
  pageOf,
  sha256Hex,
  text,
  topicCode,
  version,
} from '../kernel/scalars';
import { changeCause, datasetContent, datasetRecord, datasetVersionRecord } from './records';
import { dataTopicRecord } from './topic-records';

const datasets = { plural: 'datasets', key: 'datasetId' } as const;

export const approveDatasetInput = z.strictObject({
  datasetId,
  version,
  contentDigest: sha256Hex,
  /** Digest of the secrecy review (Order 809 art 13, 16). */
  secrecyReview: digest,
  /** Digest of the personal-information impact assessment; needed when a field is personal. */
  impactAssessment: digest.exactOptional(),
});
export const publishDatasetInput = z.strictObject({ datasetId, version, contentDigest: sha256Hex });
export const sendBackDatasetInput = z.strictObject({ datasetId, version, note: text(1000) });
export const noteDatasetChangeInput = z.strictObject({
  datasetId,
  /** The day of the change. */
  changedOn: date,
  cause: changeCause,
  reason: text(500),
});
export const extendDatasetUpdateInput = z.strictObject({ datasetId, reason: text(500) });
export const nameSourceInput = z.strictObject({
  topic: topicCode,
  /** The department that leads the collection and provides the data. */
  source: departmentId,
  /** Entries about the same data that do not name the topic themselves. */
  datasetIds: listOf(datasetId, 32, (id) => id).exactOptional(),
  text: text(2000),
  document: documentRef,
});

const versionCommand = { of: datasets, output: datasetVersionRecord } as const;
const entryCommand = { of: datasets, output: datasetRecord } as const;

export const commands = {
  'dataset.register': command({
    ...versionCommand,
    creates: true,
    input: datasetContent,
    roles: officials,
    summary: {
      zh: '数源部门编制政务数据目录项',
      en: 'The source department words a catalogue entry or its next version',
    },
    leadsTo: 'approveDataset',
  }),
  'dataset.approve': command({
    ...versionCommand,
    input: approveDatasetInput,
    roles: heads,
    summary: {
      zh: '数源部门负责人审核政务数据目录项',
      en: "The source department's head approves a version after its assessments",
    },
    leadsTo: 'reviewDataset',
  }),
  'dataset.publish': command({
    ...versionCommand,
    input: publishDatasetInput,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门审核并公布政务数据目录项',
      en: 'The lead authority reviews and publishes a version',
    },
  }),
  'dataset.sendBack': command({
    ...versionCommand,
    input: sendBackDatasetInput,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门退回政务数据目录项',
      en: 'The lead authority sends a version back, with its reasons',
    },
  }),
  'dataset.noteChange': command({
    ...entryCommand,
    input: noteDatasetChangeInput,
    roles: officials,
    summary: {
      zh: '登记引起政务数据目录更新的调整、变化',
      en: 'Record what changes an entry: a law, a duty, other facts; the update is due',
    },
  }),
  'dataset.extendUpdate': command({
    ...entryCommand,
    input: extendDatasetUpdateInput,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门同意延长政务数据目录更新期限',
      en: 'The lead authority consents to five working days more for an update',
    },
  }),
  'dataset.nameSource': command({
    of: datasets,
    output: dataTopicRecord,
    input: nameSourceInput,
    roles: heads,
    summary: {
      zh: '政务数据共享主管部门明确数源部门',
      en: 'The lead authority names the source department of data that several departments collect',
    },
  }),
} as const;

export const queries = {
  'dataset.get': query({
    audience: 'members',
    input: z.strictObject({ datasetId }),
    output: datasetRecord,
    summary: { zh: '查询政务数据目录项', en: 'One data set' },
  }),
  'dataset.list': query({
    audience: 'members',
    input: z.strictObject({ ...page }),
    output: pageOf(datasetRecord),
    summary: { zh: '政务数据目录', en: 'Data sets' },
  }),
  'dataset.versions': query({
    audience: 'members',
    input: z.strictObject({ datasetId, ...page }),
    output: pageOf(datasetVersionRecord),
    summary: { zh: '政务数据目录项的各个版本', en: "A data set's versions" },
  }),
  'dataset.topics': query({
    audience: 'members',
    input: z.strictObject({ ...page }),
    output: pageOf(dataTopicRecord),
    summary: {
      zh: '数据主题及其数源部门',
      en: 'What data sets are about, and whose data they are',
    },
  }),
} as const;
