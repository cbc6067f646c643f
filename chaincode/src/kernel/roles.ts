import { z } from 'zod';
import { code, sha256Hex, text } from './scalars';
import { namesOf, type Vocabulary } from './words';

/** The certificate attribute (Fabric CA's attribute extension) that carries the role. */
export const roleAttribute = 'yici.role';

/** Roles a caller can have; `admin` also by the node OU of that name. */
export const roleWords = {
  clerk: { zh: '经办人', en: 'clerk' },
  head: { zh: '负责人', en: 'head' },
  supervisor: { zh: '督查员', en: 'supervisor' },
  service: { zh: '业务系统', en: 'back-office system' },
  gateway: { zh: '网关', en: 'gateway' },
  admin: { zh: '管理员', en: 'administrator' },
} satisfies Vocabulary;
export const roles = namesOf(roleWords);
export const role = z.enum(roles);
export type Role = z.output<typeof role>;

/** The certificate attribute that carries the section, for departments that have sections. */
export const sectionAttribute = 'yici.section';
/** 科室: a section of a department, by its name there, e.g. 编制科. No contract asks for it; gateways do. */
export const section = text(40);

/** Roles that a delegate can stand in for: those of officials. */
export const delegableRoles = ['clerk', 'head'] as const satisfies readonly Role[];
export const delegableRole = z.enum(delegableRoles);

/** A place in a department's sign-off: a role, in any section unless one is named. */
export const office = z.strictObject({ role: delegableRole, section: section.exactOptional() });
export type Office = z.output<typeof office>;

/** Levels of a sign-off, the drafter's and the signer's among them. */
export const signoffLevels = { least: 2, most: 4 } as const;

/**
 * 拟办、审核、签发: the sign-off inside the signer's department that an act went through. The chain itself (drafts, comments,
 * returns) stays with the department; here are its number there, the SHA-256 of its salted canonical JSON, and the offices that
 * took part before the signer, in order. No contract can know whether it took place: the signer says so.
 */
export const signoff = z.strictObject({
  id: code(64),
  digest: sha256Hex,
  through: z
    .array(office)
    .min(signoffLevels.least - 1)
    .max(signoffLevels.most - 1),
});
export type Signoff = z.output<typeof signoff>;

/** Who did it. `user` is the enrolment name, a role name such as `hrss.clerk1`, the same after a certificate is renewed. */
export const actor = z.strictObject({
  department: z.string().max(32),
  role,
  user: z.string().min(1).max(128),
  /** The absent official in whose place it was done, and the delegation (AB岗) under which. */
  for: z.string().min(1).max(128).exactOptional(),
  under: z.string().min(1).max(64).exactOptional(),
  /** Absent where no sign-off was named. */
  signoff: signoff.exactOptional(),
});
export type Actor = z.output<typeof actor>;

/** Offices that the law gives a part in other departments' acts. */
export const departmentFunctionWords = {
  establishment: { zh: '编办', en: 'Establishment Office' },
  leadAuthority: { zh: '政务数据共享主管部门', en: 'lead authority' },
  supervision: { zh: '督查机构', en: 'supervision office' },
  /** The government's own office: decides what neither negotiation nor coordination settles (Order 809 art 28). */
  government: { zh: '本级人民政府', en: 'government' },
  /**
   * The same two of the level above the channel's own: they coordinate and decide where provider and requester are of
   * different levels or places, and the channel's own lead authority is not above both (art 28).
   */
  superiorLead: { zh: '上级政务数据共享主管部门', en: 'lead authority of the level above' },
  superiorGovernment: { zh: '上级人民政府', en: 'government of the level above' },
  /** Receives the archived cases of all departments (Archives Law art 15(1)). */
  archives: { zh: '国家档案馆', en: 'national archives' },
} satisfies Vocabulary;
export const departmentFunctions = namesOf(departmentFunctionWords);
export const departmentFunction = z.enum(departmentFunctions);
export type DepartmentFunction = z.output<typeof departmentFunction>;

/** Functions that coordinate a dispute about sharing, and those that decide it (Order 809 art 28); the channel's own first. */
export const ladderFunctions = {
  leads: ['leadAuthority', 'superiorLead'],
  governments: ['government', 'superiorGovernment'],
} as const satisfies Readonly<Record<string, readonly DepartmentFunction[]>>;

/** For whom a head signs what two departments agree on. */
export const signatoryWords = {
  owner: { zh: '实施主体', en: 'owner' },
  establishment: { zh: '编办', en: 'Establishment Office' },
} satisfies Vocabulary;
