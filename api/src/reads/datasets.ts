import {
  datasetId,
  datasetRecord,
  datasetVersionRecord,
  dataTopicRecord,
  departmentId,
  topicCode,
} from '@yici/domain/model';
import { list, record } from '../definition.js';
import { offered, statusFilter } from '../shapes.js';

export const datasetReads = {
  'datasets.list': list({
    path: '/v1/datasets',
    summary: { zh: '政务数据目录', en: 'Data sets' },
    query: {
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '数源部门',
        en: 'source department',
      }),
    },
    item: datasetRecord,
    concerns: 'members',
  }),
  'datasets.get': record({
    path: '/v1/datasets/{datasetId}',
    summary: { zh: '查询政务数据目录项', en: 'One data set' },
    params: { datasetId },
    answer: datasetRecord,
    ledger: 'dataset.get',
  }),
  'datasets.versions': list({
    path: '/v1/datasets/{datasetId}/versions',
    summary: { zh: '政务数据目录项的各个版本', en: "A data set's versions" },
    params: { datasetId },
    item: datasetVersionRecord,
    concerns: 'members',
  }),
  'dataTopics.list': list({
    path: '/v1/data-topics',
    summary: {
      zh: '数据主题：由谁收集，数源部门是谁',
      en: 'What data are about: who collects them, and which department is their named source',
    },
    query: {
      topic: offered(topicCode.optional(), '--topic <code>', { zh: '主题', en: 'topic' }),
      status: statusFilter(dataTopicRecord.shape.status.optional()),
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'department',
      }),
    },
    item: dataTopicRecord,
    concerns: 'members',
  }),
};
