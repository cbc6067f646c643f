const sharing = 'Government data sharing regulation (State Council Order 809) 政务数据共享条例';
const personalInformation = 'Personal Information Protection Law 个人信息保护法';

/** What the rules of the data catalogue and of data sharing refuse; part of `contractErrors`. */
export const sharingErrors = {
  SHARE_CONDITION_ADDED: {
    zh: '不得自行增设共享条件。',
    en: 'No condition may be added to those the share class allows and the catalogue lists.',
    article: `${sharing} art 15`,
  },
  EXCLUSION_BASIS_REFUSED: {
    zh: '不予共享须有法律、行政法规或者国务院决定为依据。',
    en: 'Only a law, an administrative regulation or a decision of the State Council takes data out of sharing.',
    article: `${sharing} art 14, 15`,
  },
  DATASET_NOT_PUBLISHED: {
    zh: '数据目录项尚未审核公布。',
    en: 'The catalogue entry has not been reviewed and published.',
    article: `${sharing} art 16`,
  },
  ASSESSMENT_MISSING: {
    zh: '含个人信息的目录项须附个人信息保护影响评估。',
    en: 'An entry with personal fields needs a personal-information impact assessment.',
    article: `${sharing} art 13, 16; ${personalInformation} art 55`,
  },
  ISSUER_NOT_ACCREDITED: {
    zh: '该部门不是此数据集的数源部门，也不是目录项指定的签发部门。',
    en: 'The department is neither the source of the data set nor an issuer its entry names.',
    article: `${sharing} art 19`,
  },
  EXTENSION_REFUSED: {
    zh: '延长只能有一次，须在期限届满前、经数据主管部门同意，且不超过法定天数。',
    en: 'An extension is given once, before the limit ends, with the consent the law asks for and no longer than it allows.',
    article: `${sharing} art 17, 21`,
  },
} as const;
