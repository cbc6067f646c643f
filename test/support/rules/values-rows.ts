import type { RuleRow } from './row.js';

/** Who reads the confidential values of a share. */
export const valuesRows: readonly RuleRow[] = [
  {
    id: 'values',
    zh: '数值只由同意共享时写明的双方岗位读取，写入按岗位划分的双方专用数据区（不上链）；早先的数值由各部门自行移入',
    en: 'Values are read by the roles that the grant names at its two departments, from a collection each; values of before are moved there by their departments',
    functions: ['collectionOfReader', 'deliverShare', 'moveValues'],
    tests: {
      'sharing/values': [
        'are read by those roles and no other, whichever collection an official asks for',
        'are moved by nobody else, and by no system',
        'are not moved when they are not those of the digests',
        'leave nothing to move',
      ],
      'contracts/sharing': ['gives the values to no third department, the lead authority included'],
    },
    codes: ['NOT_A_PARTY', 'ROLE_REFUSED', 'DELIVERY_MISMATCH', 'NOTHING_TO_MOVE'],
    figures: [],
  },
];
