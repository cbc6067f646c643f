import { keyKind, padded, type KeyParts } from '../kernel/keys';
import { brokenCommitmentRecord, commitmentBarRecord } from './filing/commitment-records';
import { formerFilingRecord } from './filing/former-filing';
import { contestRecord } from './filing/material-records';
import { caseEventRecord, caseRecord } from './records';
import { licenceRecord } from './result/licence-records';
import { dutyRulingRecord, referralRecord } from './responsibility-records';

/** How the records of cases are kept in the world state. */
export const kinds = {
  case: keyKind('case', caseRecord, (r) => [r.caseNo]),
  caseEvent: keyKind('caseEvent', caseEventRecord, (r) => [r.caseNo, padded(r.seq)]),
  commitmentBar: keyKind('commitmentBar', commitmentBarRecord, (r) => [r.taskCode, r.applicant]),
  formerFiling: keyKind('formerFiling', formerFilingRecord, (r) => [r.taskCode, r.applicantMsp]),
  brokenCommitment: keyKind('brokenCommitment', brokenCommitmentRecord, (r) => [
    r.applicant,
    r.caseNo,
  ]),
  contest: keyKind('contest', contestRecord, (r) => [r.datasetId, r.caseNo, r.code]),
  licence: keyKind('licence', licenceRecord, (r) => [r.identifier]),
  dutyRuling: keyKind('dutyRuling', dutyRulingRecord, (r) => [r.rulingId]),
  referral: keyKind('referral', referralRecord, (r) => [r.applicant, r.to]),
};

/** The key of a case's first event: its filing writes it, and nothing ever after. */
export const filedKey = (caseNo: string): KeyParts => ({
  objectType: kinds.caseEvent.objectType,
  attributes: [caseNo, padded(0)],
});
