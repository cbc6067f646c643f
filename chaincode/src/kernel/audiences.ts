/** Whom something is shown to, and whether that is confidentiality or mere convenience (docs/adr/0017). */
export const audiences = {
  anybody: { zh: '任何人可见，无须登录', en: 'For anybody, without logging in.' },
  members: {
    zh: '各成员部门皆可见：账本共有',
    en: 'For every member department, by design: the ledger is shared.',
  },
  concerned: {
    zh: '当事部门与督查可见；仅为便利而非保密：账本在各成员部门皆为明文',
    en:
      'For the departments concerned and supervisors. Convenience, not confidentiality: every member department’s peer ' +
      'has it in clear.',
  },
  readers: {
    zh: '保密：仅存于提供与需求部门的节点，限其约定岗位读取',
    en: 'Confidential: only the provider’s and the requester’s peers hold it, for the roles that read it.',
  },
  keeper: {
    zh: '保密：不上链，仅存于本网关，只给有关部门',
    en: 'Confidential: off the ledger, kept by this gateway alone, for the departments it is for.',
  },
  caller: { zh: '仅本人可见', en: 'For the caller alone.' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
export type Audience = keyof typeof audiences;
