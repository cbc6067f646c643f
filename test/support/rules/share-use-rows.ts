import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Order 809: how shared data are used, disputed, ended; attestations. */
export const shareUseRows: readonly RuleRow[] = [
  {
    id: 'sharing-26',
    zh: '使用中发现数据不准确的提出校核，提供部门十个工作日内答复',
    en: 'Wrong data are challenged, and the provider answers in ten working days, once',
    basis: [cite(laws.sharing, { article: 26, paragraph: 2 })],
    functions: ['challengeShare', 'answerChallenge'],
    tests: {
      'sharing/use': [
        'is answered by the provider within ten working days, or late (art 26)',
        'needs something that was delivered',
      ],
    },
    codes: ['NOTHING_DELIVERED', 'SHARE_SCOPE_EXCEEDED', 'ALREADY_ANSWERED', 'WRONG_DEPARTMENT'],
    figures: ['challenges-on-time'],
  },
  {
    id: 'sharing-27',
    zh: '提供部门不得无正当理由停止共享；滥用的由提供部门或者政务数据共享主管部门先暂停、整改，再终止；终止后处置数据',
    en: 'A provider does not stop without a ground; misuse is suspended and mended before it ends; then data are disposed of',
    basis: [
      cite(laws.sharing, { article: 27, paragraph: 1 }),
      cite(laws.sharing, { article: 27, paragraph: 2 }, { article: 27, paragraph: 3 }),
    ],
    functions: [
      'suspendShare',
      'mendShare',
      'resumeShare',
      'endShare',
      'disposeShare',
      'purgeExpired',
    ],
    tests: {
      'sharing/end': [
        'is not the provider’s to bring about without a ground (art 27)',
        'follows misuse only after time to mend (art 27)',
        'is spared by what was mended, if the provider accepts it',
        'is judged by the lead authority where it suspended itself (art 27)',
        'is recorded by any member when the term is over',
        'is followed by disposal within the retention of the grant, which purges the values (art 27, 29)',
        'purges what was kept too long, by any member, and shows it',
      ],
    },
    codes: ['SHARE_STOP_REFUSED', 'DISPOSAL_NOT_DUE', 'WRONG_STATE', 'WRONG_DEPARTMENT'],
    figures: [],
  },
  {
    id: 'sharing-27-misuse',
    zh: '超出同意范围的使用，提供部门或者政务数据共享主管部门应当暂停共享，或者说明不予暂停的理由',
    en: 'A use outside its grant is suspended by the provider or the lead authority, or one of them says why not',
    basis: [cite(laws.sharing, { article: 27, paragraph: 2 })],
    uncited: 'its refusals say whose turn it is, no article',
    functions: ['explainMisuse', 'suspendShare'],
    tests: {
      'sharing/use': [
        'is to be suspended for a use outside its grant, or it is said why not (art 27)',
      ],
    },
    codes: ['ALREADY_EXPLAINED', 'WRONG_DEPARTMENT', 'NOT_FOUND', 'WRONG_STATE'],
    figures: [],
  },
  {
    id: 'sharing-27-change',
    zh: '提供部门确需终止、变更服务的，与需求部门协商一致并报政务数据共享主管部门备案后，按约定之日终止',
    en: 'A provider ends or changes a service as the requester’s head has agreed, on record with the lead authority, from the agreed day',
    basis: [cite(laws.sharing, { article: 27, paragraph: 3 })],
    functions: ['proposeChange', 'agreeChange', 'endShare'],
    tests: {
      'sharing/end': [
        'is agreed with the requester and filed with the lead authority',
        'is no end where only a change was agreed',
      ],
    },
    codes: [
      'NOTHING_TO_CONSENT',
      'SHARE_STOP_REFUSED',
      'ROLE_REFUSED',
      'WRONG_DEPARTMENT',
      'VALIDITY_INVALID',
    ],
    figures: [],
  },
  {
    id: 'sharing-40-correction',
    zh: '超期留存、危害数据安全的，由政务数据共享主管部门责令改正，不因此暂停共享',
    en: 'Data kept too long or insecurely are ordered to be corrected by the lead authority; the use is not suspended for it',
    basis: [cite(laws.sharing, { article: 40, item: 4 }, { article: 40, item: 6 })],
    uncited: 'its refusals say whose turn it is, no article',
    functions: ['orderCorrection', 'mendShare'],
    tests: {
      'sharing/end': ['is not there for what the lead authority orders to be corrected (art 40)'],
    },
    codes: ['WRONG_DEPARTMENT', 'ALREADY_EXISTS', 'WRONG_STATE'],
    figures: [],
  },
  {
    id: 'sharing-28',
    zh: '共享争议先协商，再由政务数据共享主管部门协调处理（跨层级、跨地域的由共同的上级主管部门），双方同意协调意见的即行了结；未达成一致的，再由其本级人民政府决定',
    en: 'A dispute is negotiated, then coordinated (across levels or places by the common superior lead authority), which binds if both sides agree; else the government of that level decides',
    basis: [cite(laws.sharing, { article: 28, paragraph: 2 })],
    functions: ['openDispute', 'escalateDispute', 'decideDispute', 'refuseShare'],
    tests: {
      'sharing/disputes': [
        'is settled in negotiation when both say the same',
        'climbs from negotiation to coordination to the government, each rung with its day',
        'is not decided by coordination, which binds when both sides agree to what is proposed (art 28)',
        'has what was proposed put anew, which both sides answer anew',
        'binds the provider to reply anew, and not to refuse again',
        'waits for a government’s office to be there',
        'is coordinated across levels and places by the nearest lead authority above both (art 28)',
        'is decided by the government of the level and place that coordinated (art 28)',
        'orders only what the share’s state allows, and the share follows',
      ],
    },
    codes: [
      'DISPUTE_LADDER',
      'DISPUTE_BINDS',
      'FUNCTION_VACANT',
      'ROLE_REFUSED',
      'WRONG_DEPARTMENT',
      'WRONG_STATE',
    ],
    figures: ['disputes', 'dispute-days'],
  },
  {
    id: 'sharing-29',
    zh: '需求部门如实记录使用场景、过程、成效、存储、销毁情况',
    en: 'The requester records scenario, process, effect, storage and destruction of each use',
    basis: [cite(laws.sharing, { article: 29, paragraph: 2 })],
    uncited: 'a use is never refused for being wrong, only a record that is another’s or malformed',
    functions: ['recordReceipt', 'recordUse'],
    tests: {
      'sharing/use': ['has its uses recorded by the requester (art 29)'],
      'attestation/attestations': [
        'have their use recorded by the requester, once, while they are valid',
      ],
    },
    codes: ['WRONG_DEPARTMENT', 'VALIDITY_INVALID', 'ALREADY_EXISTS', 'ATTESTATION_NOT_VALID'],
    figures: [],
  },
  {
    id: 'attestation',
    zh: '存证由数源部门或者政务数据目录项指定的部门签发，限于未终结办件的当事部门',
    en: 'An attestation is issued by the source or an issuer its entry names, for a party of an open case',
    basis: [
      cite(laws.sharing, { article: 19, paragraph: 2 }),
      cite(laws.sharing, { article: 25, paragraph: 1 }),
      cite(laws.sharing, { article: 14, item: 3 }),
    ],
    functions: ['issueAttestation'],
    tests: {
      'attestation/attestations': [
        'are issued by the source department of the data set, for a party of an open case',
        'are not issued for a class that is not shared, nor for a time that is over',
      ],
    },
    codes: [
      'ISSUER_NOT_ACCREDITED',
      'NOT_A_PARTY',
      'CASE_CLOSED',
      'SHARE_CLASS_REFUSED',
      'VALIDITY_INVALID',
    ],
    figures: ['attestations'],
  },
  {
    id: 'attestation-status',
    zh: '存证只能由签发部门按其状态暂停、恢复、撤销',
    en: 'An attestation changes only by its issuer and as its status allows',
    functions: [
      'suspendAttestation',
      'resumeAttestation',
      'revokeAttestation',
      'verifyAttestation',
    ],
    tests: {
      'attestation/attestations': [
        'change only by their issuer and only as their status allows',
        'can always still be revoked, however often they were suspended',
      ],
    },
    codes: ['WRONG_DEPARTMENT', 'WRONG_STATE', 'ROLE_REFUSED', 'LIMIT_REACHED'],
    figures: ['attestations'],
  },
];
