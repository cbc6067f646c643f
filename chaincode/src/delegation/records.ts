import { z } from 'zod';
import { actor, delegableRole } from '../kernel/roles';
import {
  code,
  date,
  delegationId,
  departmentId,
  recordOf,
  timestamp,
  userName,
} from '../kernel/scalars';
import { keyKind } from '../kernel/keys';

/** A/B post (AB岗): while one official is absent another of the same department does what that official's role may do. */
export const delegationRecord = recordOf('delegation', {
  delegationId,
  department: departmentId,
  /** The absent official. */
  from: userName,
  /** The role in which the absent official acts, and so the delegate. */
  role: delegableRole,
  /** The delegate. */
  to: userName,
  /** First and last day, Asia/Shanghai. */
  fromDay: date,
  toDay: date,
  reasonCode: code(32),
  grantedBy: actor,
  grantedAt: timestamp,
  ended: z
    .strictObject({ by: actor, at: timestamp, reasonCode: code(32).exactOptional() })
    .exactOptional(),
});
export type DelegationRecord = z.output<typeof delegationRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  delegation: keyKind('delegation', delegationRecord, (r) => [r.delegationId]),
};
