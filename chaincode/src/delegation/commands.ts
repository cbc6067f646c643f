import { z } from 'zod';
import { command, heads, officials, query } from '../kernel/operation';
import { delegableRole } from '../kernel/roles';
import { plainReason } from '../kernel/reason';
import { date, delegationId, page, pageOf, userName } from '../kernel/scalars';
import { delegationRecord } from './records';

const delegations = { plural: 'delegations', key: 'delegationId' } as const;

export const grantDelegationInput = z.strictObject({
  delegationId,
  /** The absent official, and the role in which that official acts. */
  from: userName,
  role: delegableRole,
  to: userName,
  fromDay: date,
  toDay: date,
  reasonCode: plainReason('leave', 'training', 'businessTrip'),
});
export const acceptDelegationInput = z.strictObject({ delegationId });
export const endDelegationInput = z.strictObject({
  delegationId,
  reasonCode: plainReason('back', 'filedInError').exactOptional(),
});

/**
 * Names a delegation under which the command is done. It may stand in the input of every command of officials; the rules
 * get the command without it.
 */
export const underDelegation = { under: delegationId.exactOptional() };

export const commands = {
  'delegation.grant': command({
    of: delegations,
    creates: true,
    input: grantDelegationInput,
    output: delegationRecord,
    roles: heads,
    summary: {
      zh: 'AB 岗代岗委托',
      en: 'Let an official stand in for an absent one of the same department',
    },
    done: { zh: '已办理 AB 岗代岗委托', en: 'Delegated' },
    leadsTo: 'acceptDelegation',
  }),
  'delegation.accept': command({
    of: delegations,
    input: acceptDelegationInput,
    output: delegationRecord,
    roles: officials,
    summary: {
      zh: '不在岗人员或者代岗人员确认 AB 岗代岗委托',
      en: 'The absent official or the delegate signs a delegation; it counts once both have',
    },
  }),
  'delegation.end': command({
    of: delegations,
    input: endDelegationInput,
    output: delegationRecord,
    roles: officials,
    finishes: true,
    summary: { zh: '结束 AB 岗代岗', en: 'End a delegation' },
  }),
} as const;

export const queries = {
  'delegation.get': query({
    audience: 'members',
    input: z.strictObject({ delegationId }),
    output: delegationRecord,
    summary: { zh: '查询 AB 岗代岗委托', en: 'One delegation' },
  }),
  'delegation.list': query({
    audience: 'members',
    input: z.strictObject({ ...page }),
    output: pageOf(delegationRecord),
    summary: { zh: 'AB 岗代岗委托清单', en: 'Delegations' },
  }),
} as const;
