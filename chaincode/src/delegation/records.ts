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
import { namesOf, type Vocabulary } from '../kernel/words';

/** Which end of a delegation a signature is of. */
export const delegationEndWords = {
  absent: { zh: '不在岗人员', en: 'the absent official' },
  delegate: { zh: '代岗人员', en: 'the delegate' },
} satisfies Vocabulary;
export type DelegationEnd = keyof typeof delegationEndWords;

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
  /**
   * The signatures of its two ends, in whose own certificates the name and the role are shown: nobody is stood in for, or
   * stands in, who was not asked. Older delegations have none, and let nobody act until both ends have signed.
   */
  accepted: z
    .array(z.strictObject({ as: z.enum(namesOf(delegationEndWords)), by: actor, at: timestamp }))
    .max(2)
    .exactOptional(),
  ended: z
    .strictObject({ by: actor, at: timestamp, reasonCode: code(32).exactOptional() })
    .exactOptional(),
});
export type DelegationRecord = z.output<typeof delegationRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  delegation: keyKind('delegation', delegationRecord, (r) => [r.delegationId]),
};
