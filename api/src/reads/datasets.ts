import {
  datasetId,
  datasetRecord,
  datasetVersionRecord,
  dataTopicRecord,
  departmentId,
  topicCode,
} from '@yici/domain/model';
import { list, record } from '../definition.js';
import { offered } from '../shapes.js';

export const datasetReads = {
  'datasets.list': list({
    path: '/v1/datasets',
    summary: { zh: '数据集目录', en: 'Data sets' },
    query: { department: offered(departmentId.optional(), '--department <id>', '数源部门') },
    item: datasetRecord,
    concerns: 'members',
  }),
  'datasets.get': record({
    path: '/v1/datasets/{datasetId}',
    summary: { zh: '查询数据集', en: 'One data set' },
    params: { datasetId },
    answer: datasetRecord,
    ledger: 'dataset.get',
  }),
  'datasets.versions': list({
    path: '/v1/datasets/{datasetId}/versions',
    summary: { zh: '目录项的各个版本', en: "A data set's versions" },
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
      topic: offered(topicCode.optional(), '--topic <code>', '主题'),
      status: offered(
        dataTopicRecord.shape.status.optional(),
        '--status <status>',
        '状态 single, open, named',
      ),
      department: offered(departmentId.optional(), '--department <id>', '部门'),
    },
    item: dataTopicRecord,
    concerns: 'members',
  }),
};
