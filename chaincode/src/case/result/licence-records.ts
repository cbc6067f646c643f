import { z } from 'zod';
import { actor } from '../../kernel/roles';
import {
  caseNo,
  date,
  departmentId,
  digest,
  recordOf,
  text,
  timestamp,
} from '../../kernel/scalars';
import { namesOf, type Vocabulary } from '../../kernel/words';
import { sealedDocument } from './sealed-records';

/**
 * 电子证照标识, as interfaces in use write it: a root, the code of the type, the code of the issuing organ, a number of its own,
 * a version, a check character. GB/T 36904 has its rules; its text was not at hand, so no more than this is checked.
 */
export const licenceIdentifier = z
  .string()
  .max(128)
  .regex(
    /^1\.2\.156\.3005\.2(?:\.[0-9A-Z]{1,48}){3}\.[0-9]{3}\.[0-9A-Z]$/,
    '1.2.156.3005.2.<type>.<organ>.<number>.<version>.<check>',
  );

/** 证照状态, by the names that interfaces in use have. Nobody declares `expired`: the day does, see `licenceStatus`. */
export const licenceStatusWords = {
  valid: { zh: '有效', en: 'valid' },
  suspended: { zh: '暂扣', en: 'suspended' },
  revoked: { zh: '撤销', en: 'revoked with its decision' },
  withdrawn: { zh: '吊销', en: 'withdrawn as a penalty' },
  cancelled: { zh: '注销', en: 'cancelled' },
  expired: { zh: '失效', en: 'expired' },
} satisfies Vocabulary;
export type LicenceStatus = keyof typeof licenceStatusWords;
const recorded = z.enum(namesOf(licenceStatusWords)).exclude(['expired']);

/** Why a licence's status changes: to be cancelled, the items of Administrative Licensing Law art 70 in their order. */
export const licenceGroundWords = {
  notRenewed: { zh: '有效期届满未延续', en: 'it ended and was not renewed' },
  personUnable: {
    zh: '取得特定资格的公民死亡或者丧失行为能力',
    en: 'the qualified person died or is not able any more',
  },
  holderEnded: { zh: '法人或者其他组织依法终止', en: 'the organisation ended' },
  grantEnded: { zh: '许可依法被撤销、撤回，或者证件依法被吊销', en: 'the grant was taken back' },
  forceMajeure: { zh: '因不可抗力无法实施', en: 'force majeure' },
  byLaw: { zh: '法律、法规规定的其他情形', en: 'another case that a law names' },
  penalty: { zh: '行政处罚决定', en: 'an administrative penalty' },
  penaltyOver: { zh: '暂扣期满或者处罚决定被撤销', en: 'the suspension is over' },
} satisfies Vocabulary;
export const licenceGround = z.enum(namesOf(licenceGroundWords));

const statusChange = z.strictObject({
  status: recorded,
  /** Absent where the revocation of the decision did it. */
  ground: licenceGround.exactOptional(),
  document: digest,
  by: actor,
  at: timestamp,
});
export type LicenceChange = z.output<typeof statusChange>;

/** 电子证照: what a grant gave its holder. */
export const licence = z.strictObject({
  identifier: licenceIdentifier,
  /** 证照名称, e.g. 建设用地规划许可证. */
  type: text(100),
  /** The salted digest of who holds it: never in clear. */
  holder: digest,
  issuer: departmentId,
  /** The certificate with its number, the day of issue and the seal. */
  sealed: sealedDocument,
  validFrom: date,
  validTo: date.exactOptional(),
  by: actor,
  at: timestamp,
  /** What became of it, oldest first. */
  changes: z.array(statusChange).max(20),
});
export type Licence = z.output<typeof licence>;

/** Whose case issued the licence with an identifier: it is issued once. */
export const licenceRecord = recordOf('licence', { identifier: licenceIdentifier, caseNo });
export type LicenceRecord = z.output<typeof licenceRecord>;

/** The status on a day in Asia/Shanghai. */
export function licenceStatus({ changes, validTo }: Licence, today: string): LicenceStatus {
  const status = changes.at(-1)?.status ?? 'valid';
  const over = validTo !== undefined && validTo < today;
  return over && (status === 'valid' || status === 'suspended') ? 'expired' : status;
}

/** 送达签收 by the applicant, or how the owner served it without its signature. */
export const serviceWords = {
  refused: { zh: '拒绝签收', en: 'it refused to sign' },
  other: { zh: '以其他方式送达', en: 'served in another way' },
} satisfies Vocabulary;
export const serviceHow = z.enum(namesOf(serviceWords));

/** The newest delivery; deliveries from before it was recorded have none and wait for no signature. */
export const delivery = z.strictObject({
  by: actor,
  sealed: sealedDocument.exactOptional(),
  /** The day on which the applicant received it, by its own act. */
  signed: z.strictObject({ on: date, by: actor, at: timestamp }).exactOptional(),
  served: z
    .strictObject({ how: serviceHow, on: date, document: digest, by: actor, at: timestamp })
    .exactOptional(),
});
