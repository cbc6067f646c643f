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

const overlapInput = {
  topic: topicCode,
  round: version,
  kind: overlapRuling,
  /** Who keeps the topic, or leads it when it is shared; absent when the duties are distinct. */
  lead: departmentId.exactOptional(),
  /** The opinion or the decision in words. */
  text: text(2000),
  document: documentRef,
};

export const proposeOverlapInput = z.strictObject(overlapInput);
export const resolveOverlapInput = z.strictObject({
  ...overlapInput,
  /** Where the Establishment Office registers the decision: the organ that made it, whose document this is. */
  organ: text(200).exactOptional(),
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
    leadsTo: 'confirmDuty',
  }),
  'duty.confirm': command({
    of: duties,
    input: z.strictObject({ department: departmentId, code: dutyCode, version }),
    output: dutyRecord,
    roles: heads,
    summary: {
      zh: '编办确认职责条目，确认后方可引用',
      en: 'The Establishment Office confirms a duty clause, which may be cited from then on',
    },
  }),
  'duty.proposeOverlap': command({
    of: duties,
    input: proposeOverlapInput,
    output: dutyOverlapRecord,
    roles: heads,
    summary: {
      zh: '编办对职责交叉提出协调意见',
      en: 'The Establishment Office proposes who has a topic that several departments claim',
    },
  }),
  'duty.resolveOverlap': command({
    of: duties,
    input: resolveOverlapInput,
    output: dutyOverlapRecord,
    roles: officials,
    summary: {
      zh: '本级人民政府决定职责交叉（或者由编办登记决定）',
      en: "The government's decision on such a topic, signed or registered",
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
