import {
  attestationId,
  attestationRecord,
  attestationVerdict,
  caseNo,
  contestRecord,
  datasetId,
  departmentId,
  timestamp,
  useRecord,
} from '@yici/domain/model';
import { list, read, record } from '../definition.js';
import { offered, statusFilter } from '../shapes.js';

const params = { attestationId };
const journal = { record: ['attestationId'], departments: ['requester', 'issuer'] } as const;

export const attestationReads = {
  'attestations.list': list({
    path: '/v1/attestations',
    summary: {
      zh: '本部门签发的、或者为本部门签发的存证；或者一个办件的存证',
      en: 'Attestations your department issued or asked for, newest first; or those of a case',
    },
    query: {
      caseNo: offered(caseNo.optional(), '--case <caseNo>', { zh: '办件', en: 'case' }),
      datasetId: offered(datasetId.optional(), '--dataset <id>', {
        zh: '政务数据目录项',
        en: 'data set',
      }),
      status: statusFilter(attestationRecord.shape.status.optional()),
      issuer: departmentId.optional(),
      requester: departmentId.optional(),
    },
    item: attestationRecord,
    concerns: 'concerned',
    journal,
  }),
  'attestations.get': record({
    path: '/v1/attestations/{attestationId}',
    summary: { zh: '查询存证', en: 'One attestation' },
    params,
    answer: attestationRecord,
    ledger: 'attestation.get',
    journal,
  }),
  'attestations.verdict': read({
    path: '/v1/attestations/{attestationId}/verdict',
    summary: {
      zh: '核验存证在某一时刻的效力',
      en: 'Whether an attestation is valid now, or was at an instant; the peer answers',
    },
    params,
    query: { at: timestamp.optional() },
    answer: attestationVerdict,
    concerns: 'concerned',
    journal,
  }),
  'contests.list': list({
    path: '/v1/contests',
    summary: {
      zh: '申报部门对共享数据的异议（数源部门、申报部门、实施主体）',
      en: 'What applicants contest of shared data: for the source department, the applicant and the owner, newest first',
    },
    query: {
      datasetId: offered(datasetId.optional(), '--dataset <id>', {
        zh: '政务数据目录项',
        en: 'data set',
      }),
      caseNo: offered(caseNo.optional(), '--case <caseNo>', { zh: '办件', en: 'case' }),
    },
    item: contestRecord,
    concerns: 'concerned',
    journal: { record: ['caseNo'], departments: ['source', 'applicant'] },
  }),
  'attestations.uses': list({
    path: '/v1/attestations/{attestationId}/uses',
    summary: {
      zh: '存证的使用记录（提供部门、需求部门、政务数据共享主管部门、督查）',
      en: 'Recorded uses: for provider, requester, lead authority and supervisors (Order 809 art 29)',
    },
    params,
    item: useRecord,
    concerns: 'concerned',
    journal: { record: ['attestationId'], departments: ['requester'] },
  }),
};
