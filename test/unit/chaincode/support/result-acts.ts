import fc from 'fast-check';
import { digestOf } from './story.js';
import { licence, promisedCaseNo } from './timed.js';

/** What an applicant may say of a delivery, and a head of a licence: possible or not. */
export const acknowledging = { on: fc.constantFrom('2026-03-09', '2026-03-20') };
export const changingLicence = {
  identifier: fc.constant(licence(promisedCaseNo).identifier),
  status: fc.constantFrom('suspended', 'valid', 'withdrawn', 'cancelled'),
  ground: fc.constantFrom('penalty', 'penaltyOver', 'grantEnded'),
  document: fc.constant(digestOf('document')),
};
