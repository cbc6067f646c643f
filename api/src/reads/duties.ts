import {
  departmentId,
  dutyCode,
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  topicCode,
} from '@yici/domain/model';
import { list, record } from '../definition.js';
import { offered, statusFilter } from '../shapes.js';

const params = { department: departmentId, code: dutyCode };

export const dutyReads = {
  'duties.list': list({
    path: '/v1/duties',
    summary: { zh: '职责清单', en: 'Duties' },
    query: {
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'department',
      }),
      topic: offered(topicCode.optional(), '--topic <code>', { zh: '主题', en: 'topic' }),
    },
    item: dutyRecord,
    concerns: 'members',
  }),
  'duties.get': record({
    path: '/v1/duties/{department}/{code}',
    summary: { zh: '查询职责条目', en: 'One duty as it stands' },
    params,
    answer: dutyRecord,
    ledger: 'duty.get',
  }),
  'duties.versions': list({
    path: '/v1/duties/{department}/{code}/versions',
    summary: { zh: '职责条目各版本', en: 'All versions of a duty, oldest first' },
    params,
    item: dutyVersionRecord,
    concerns: 'members',
  }),
  'duties.matters': list({
    path: '/v1/duties/{department}/{code}/matters',
    summary: { zh: '以该职责为依据的事项', en: 'Matters that rest on a duty' },
    params,
    item: matterOfDutyRecord,
    concerns: 'members',
  }),
  'dutyOverlaps.list': list({
    path: '/v1/duty-overlaps',
    summary: {
      zh: '职责交叉（发现、协调决定、消除）',
      en: 'Topics that several departments claim: found, ruled on, withdrawn',
    },
    query: {
      topic: offered(topicCode.optional(), '--topic <code>', { zh: '主题', en: 'topic' }),
      status: statusFilter(dutyOverlapRecord.shape.status.optional()),
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'department',
      }),
    },
    item: dutyOverlapRecord,
    concerns: 'members',
  }),
};
