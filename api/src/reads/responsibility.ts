import {
  delegableRole,
  delegationId,
  delegationRecord,
  departmentId,
  dutyRulingRecord,
  rulingId,
  userName,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, record } from '../definition.js';
import { offered, statusFilter } from '../shapes.js';

const rulings = { record: ['rulingId'], departments: ['office', 'responsible'] } as const;
const delegations = { record: ['delegationId'], departments: ['department'] } as const;

/** Somebody who can hand on a post or stand in for one, as far as a gateway knows. */
const delegationCandidate = z.strictObject({
  user: z.string(),
  role: delegableRole,
  /** When this person signed last, on the ledger; null: has a session open here, and has signed nothing yet. */
  signedAt: z.string().nullable(),
});
export type DelegationCandidate = z.output<typeof delegationCandidate>;

/** Duty rulings, for whom the case concerns; delegations, for every member: their names stand in the chains. */
export const responsibilityReads = {
  'dutyRulings.list': list({
    path: '/v1/duty-rulings',
    summary: {
      zh: '与本部门有关的职责分工协调，最新在前',
      en: 'Duty rulings that concern your department, newest first; all for a supervisor',
    },
    query: {
      status: statusFilter(dutyRulingRecord.shape.status.optional()),
    },
    item: dutyRulingRecord,
    concerns: 'concerned',
    journal: rulings,
  }),
  'dutyRulings.get': record({
    path: '/v1/duty-rulings/{rulingId}',
    summary: { zh: '查询职责分工协调', en: 'One duty ruling' },
    params: { rulingId },
    answer: dutyRulingRecord,
    ledger: 'dutyRuling.get',
    journal: rulings,
  }),
  'delegations.list': list({
    path: '/v1/delegations',
    summary: { zh: 'AB 岗代岗委托，最新在前', en: 'Who stands in for whom, the latest first' },
    query: {
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'department',
      }),
      from: offered(userName.optional(), '--from <user>', {
        zh: '不在岗人员',
        en: 'the absent official',
      }),
      to: offered(userName.optional(), '--to <user>', { zh: '代岗人员', en: 'the delegate' }),
    },
    item: delegationRecord,
    concerns: 'members',
    journal: delegations,
  }),
  'delegations.candidates': list({
    path: '/v1/delegation-candidates',
    summary: {
      zh: '本部门已知的在册人员：签过名的，或者现已登录的',
      en: 'Enrolled officials of your department, by role and name: who has signed, or is logged in here',
    },
    query: {
      role: offered(delegableRole.optional(), '--role <role>', { zh: '角色', en: 'role' }),
    },
    item: delegationCandidate,
    concerns: 'caller',
  }),
  'delegations.get': record({
    path: '/v1/delegations/{delegationId}',
    summary: { zh: '查询 AB 岗代岗委托', en: 'One delegation' },
    params: { delegationId },
    answer: delegationRecord,
    ledger: 'delegation.get',
    journal: delegations,
  }),
};
