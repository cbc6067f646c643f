import { z } from 'zod';
import { caseNo, date, digest, text } from '../../kernel/scalars';
import {
  licenceGround,
  licenceIdentifier,
  licenceStatusWords,
  serviceHow,
} from './licence-records';
import { namesOf } from '../../kernel/words';
import { sealSystem } from './sealed-records';

/** 文号 or 证照编号, what sealed it, and the digest of the seal's proof. */
const sealing = { number: text(100), sealSystem, seal: digest };
/** What sealed a document that is named elsewhere: all three or none. */
export const maybeSealed = {
  number: sealing.number.exactOptional(),
  sealSystem: sealing.sealSystem.exactOptional(),
  seal: sealing.seal.exactOptional(),
};

export const issueLicenceInput = z.strictObject({
  caseNo,
  identifier: licenceIdentifier,
  type: text(100),
  /** Digest of who holds it. */
  holder: digest,
  document: digest,
  ...sealing,
  validFrom: date,
  /** The last day, where it has one. */
  validTo: date.exactOptional(),
});
export const changeLicenceInput = z.strictObject({
  caseNo,
  identifier: licenceIdentifier,
  /** A licence is revoked with its decision, and expires by itself. */
  status: z.enum(namesOf(licenceStatusWords)).exclude(['revoked', 'expired']),
  ground: licenceGround,
  /** Digest of the decision on it. */
  document: digest,
});
export const acknowledgeInput = z.strictObject({ caseNo, on: date });
export const recordServiceInput = z.strictObject({
  caseNo,
  how: serviceHow,
  on: date,
  /** Digest of the record of it, with its witnesses. */
  document: digest,
});
