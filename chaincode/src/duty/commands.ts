import { z } from 'zod';
import { command, heads, officials, query } from '../kernel/operation';
import {
  departmentId,
  documentRef,
  dutyCode,
  page,
  pageOf,
  text,
  topicCode,
  version,
} from '../kernel/scalars';
import {
  dutyContent,
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  overlapRuling,
} from './records';

const duties = { plural: 'duties', key: 'code' } as const;

export const resolveOverlapInput = z.strictObject({
  topic: topicCode,
  round: version,
  kind: overlapRuling,
  /** Who keeps the topic, or leads it when it is shared; absent when the duties are distinct. */
  lead: departmentId.exactOptional(),
  /** The ruling in words. */
  text: text(2000),
  document: documentRef,
});

export const commands = {
  'duty.register': command({
    of: duties,
    creates: true,
    input: dutyContent,
    output: dutyRecord,
    roles: officials,
    summary: {
      zh: '登记职责条目（本部门或者编办）',
      en: 'Register a duty clause (the department itself or the Establishment Office)',
    },
  }),
  'duty.resolveOverlap': command({
    of: duties,
    input: resolveOverlapInput,
    output: dutyOverlapRecord,
    roles: heads,
    summary: {
      zh: '编办裁定职责交叉',
      en: 'The Establishment Office rules on a topic that several departments claim',
    },
  }),
} as const;

export const queries = {
  'duty.get': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId, code: dutyCode }),
    output: dutyRecord,
    summary: { zh: '查询职责条目', en: 'One duty as it stands' },
  }),
  'duty.list': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId.exactOptional(), ...page }),
    output: pageOf(dutyRecord),
    summary: { zh: '职责清单', en: 'Duties' },
  }),
  'duty.versions': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId, code: dutyCode, ...page }),
    output: pageOf(dutyVersionRecord),
    summary: { zh: '职责条目各版本', en: 'All versions of a duty, oldest first' },
  }),
  'duty.matters': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId, code: dutyCode, ...page }),
    output: pageOf(matterOfDutyRecord),
    summary: { zh: '以该职责为依据的事项', en: 'Matters that rest on a duty' },
  }),
  'duty.overlaps': query({
    audience: 'members',
    input: z.strictObject({ topic: topicCode.exactOptional(), ...page }),
    output: pageOf(dutyOverlapRecord),
    summary: { zh: '职责交叉', en: 'Topics that several departments claim' },
  }),
} as const;
