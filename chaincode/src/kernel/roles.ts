import { z } from 'zod';

/** The certificate attribute (Fabric CA's attribute extension) that carries the role. */
export const roleAttribute = 'yici.role';

/** Roles a caller can have: 经办, 负责人, 督查, 业务系统, 网关, 管理员 (the last also by node OU `admin`). */
export const roles = ['clerk', 'head', 'supervisor', 'service', 'gateway', 'admin'] as const;
export const role = z.enum(roles);
export type Role = z.output<typeof role>;

/** Who did it. `user` is the enrolment name, a role name such as `hrss.clerk1`, the same after a certificate is renewed. */
export const actor = z.strictObject({
  department: z.string().max(32),
  role,
  user: z.string().min(1).max(128),
  /** The absent official in whose place it was done, and the delegation (AB岗) under which. */
  for: z.string().min(1).max(128).exactOptional(),
  under: z.string().min(1).max(64).exactOptional(),
});
export type Actor = z.output<typeof actor>;

/** Roles that a delegate can stand in for: those of officials. */
export const delegableRoles = ['clerk', 'head'] as const satisfies readonly Role[];
export const delegableRole = z.enum(delegableRoles);

/** Offices that the law gives a part in other departments' acts. */
export const departmentFunctions = [
  'establishment',
  'leadAuthority',
  'supervision',
  /** The government's own office: decides what neither negotiation nor coordination settles (Order 809 art 28). */
  'government',
  /**
   * The same two of the level above the channel's own: they coordinate and decide where provider and requester are of
   * different levels or places, and the channel's own lead authority is not above both (art 28).
   */
  'superiorLead',
  'superiorGovernment',
] as const;
export const departmentFunction = z.enum(departmentFunctions);
export type DepartmentFunction = z.output<typeof departmentFunction>;

/** Functions that coordinate a dispute about sharing, and those that decide it (Order 809 art 28); the channel's own first. */
export const ladderFunctions = {
  leads: ['leadAuthority', 'superiorLead'],
  governments: ['government', 'superiorGovernment'],
} as const satisfies Readonly<Record<string, readonly DepartmentFunction[]>>;
