import { z } from 'zod';
import {
  caseEventRecord,
  caseRecord,
  deliveryForms,
  newFact,
  noticeField,
  noticeItem,
  reason,
} from '../records';
import {
  attestationId,
  caseNo,
  code,
  digest,
  listOf,
  materialCode,
  page,
  pageOf,
  positiveLimit,
  sequence,
  stepId,
  taskCode,
  text,
  version,
} from '../scalars';
import { anyone, heads, officials, operation, staff, timekeepers } from './spec';

/** A material given as a document: only its salted digest comes to the ledger. */
export const givenMaterial = z.strictObject({ code: materialCode, document: digest });
/** A material met by an attestation of its source department instead. */
export const attestedMaterial = z.strictObject({ code: materialCode, attestationId });
const attested = listOf(attestedMaterial, 64, (m) => m.code).exactOptional();

export const submitCaseInput = z.strictObject({
  /** `<taskCode>-<YYYYMMDD>-<4 to 9 digits>`, made by the caller; the ledger refuses one that exists. */
  caseNo,
  /** The number that this same filing was signed under before, and that another case turned out to have. */
  insteadOf: caseNo.exactOptional(),
  taskCode,
  matterVersion: version,
  form: digest,
  materials: listOf(givenMaterial, 64, (m) => m.code),
  /** 容缺承诺书: the signed promise to hand in what may follow. */
  pledge: digest.exactOptional(),
  /** 告知承诺书: a signed commitment in place of materials that the matter allows it for. */
  commitment: z
    .strictObject({
      document: digest,
      materials: listOf(materialCode, 64, (name) => name).min(1),
    })
    .exactOptional(),
});
export const receiveCaseInput = z.strictObject({ caseNo, voucherNo: code(64).exactOptional() });
export const acceptCaseInput = z.strictObject({
  caseNo,
  voucherNo: code(64).exactOptional(),
  attested,
});
export const tolerantAcceptCaseInput = z.strictObject({
  caseNo,
  voucherNo: code(64).exactOptional(),
  /** Exactly the materials that are missing. */
  tolerated: listOf(materialCode, 64, (name) => name).min(1),
  limit: positiveLimit,
  /** The signed promise, where it did not come with the form. */
  pledge: digest.exactOptional(),
  attested,
});
export const supplementNoticeInput = z.strictObject({
  caseNo,
  items: listOf(noticeItem, 64, (item) => item.code).exactOptional(),
  fields: listOf(noticeField, 128, (field) => field.code).exactOptional(),
  limit: positiveLimit,
  newFact: newFact.exactOptional(),
});
export const supplementCaseInput = z.strictObject({
  caseNo,
  materials: listOf(givenMaterial, 64, (m) => m.code),
  /** The form anew, when the notice marks fields of it. */
  form: digest.exactOptional(),
  attested,
});
export const refuseCaseInput = z.strictObject({ caseNo, reason: reason.exactOptional() });
export const opinionInput = z.strictObject({
  caseNo,
  stepId,
  answer: z.enum(['agree', 'disagree', 'forward']),
  /** Needed to disagree. */
  reason: reason.exactOptional(),
  document: digest.exactOptional(),
});
export const decideCaseInput = z.strictObject({
  caseNo,
  outcome: z.enum(['granted', 'refused']),
  /** Digest of the written decision. */
  document: digest,
  /** Needed to refuse, with the remedy. */
  reason: reason.exactOptional(),
  attested,
});
export const completeCaseInput = z.strictObject({
  caseNo,
  /** Digest of the certificate or result document. */
  result: digest,
});
export const deliverCaseInput = z.strictObject({
  caseNo,
  form: z.enum(deliveryForms),
});
export const withdrawCaseInput = z.strictObject({ caseNo, reasonCode: code(32) });
export const correctCaseInput = z.strictObject({
  caseNo,
  /** The event that is wrong; it stays as it is. */
  seq: sequence,
  reasonCode: code(32),
  note: text(500),
  document: digest.exactOptional(),
});
export const caseOnlyInput = z.strictObject({ caseNo });

const common = { contract: 'case', output: caseRecord } as const;

export const caseCommands = {
  'case.submit': operation({
    ...common,
    transaction: 'submit',
    input: submitCaseInput,
    roles: staff,
    summary: { zh: '申报办件', en: 'File a case against a published matter' },
  }),
  'case.receive': operation({
    ...common,
    transaction: 'receive',
    input: receiveCaseInput,
    roles: staff,
    summary: { zh: '收件', en: 'Acknowledge receipt of a case' },
  }),
  'case.accept': operation({
    ...common,
    transaction: 'accept',
    input: acceptCaseInput,
    roles: officials,
    summary: { zh: '受理', en: 'Accept a complete case' },
  }),
  'case.tolerantAccept': operation({
    ...common,
    transaction: 'tolerantAccept',
    input: tolerantAcceptCaseInput,
    roles: officials,
    summary: { zh: '容缺受理', en: 'Accept a case with tolerable materials missing' },
  }),
  'case.supplementNotice': operation({
    ...common,
    transaction: 'supplementNotice',
    input: supplementNoticeInput,
    roles: officials,
    summary: { zh: '一次性告知补正', en: 'Ask once for all that must be supplemented' },
  }),
  'case.supplement': operation({
    ...common,
    transaction: 'supplement',
    input: supplementCaseInput,
    roles: staff,
    summary: { zh: '补正材料', en: 'Supplement the materials that were asked for' },
  }),
  'case.refuse': operation({
    ...common,
    transaction: 'refuse',
    input: refuseCaseInput,
    roles: officials,
    summary: { zh: '不予受理', en: 'Refuse to accept a case, with reason and remedy' },
  }),
  'case.opinion': operation({
    ...common,
    transaction: 'opinion',
    input: opinionInput,
    roles: officials,
    summary: { zh: '会办意见', en: "A participant gives its step's opinion" },
  }),
  'case.decide': operation({
    ...common,
    transaction: 'decide',
    input: decideCaseInput,
    roles: heads,
    summary: { zh: '作出决定', en: "The owner's head decides" },
  }),
  'case.complete': operation({
    ...common,
    transaction: 'complete',
    input: completeCaseInput,
    roles: officials,
    summary: { zh: '办结', en: 'Complete a decided case' },
  }),
  'case.deliver': operation({
    ...common,
    transaction: 'deliver',
    input: deliverCaseInput,
    roles: staff,
    summary: { zh: '送达', en: 'Deliver the result' },
  }),
  'case.withdraw': operation({
    ...common,
    transaction: 'withdraw',
    input: withdrawCaseInput,
    roles: staff,
    summary: { zh: '撤回申请', en: 'The applicant withdraws' },
  }),
  'case.correct': operation({
    ...common,
    transaction: 'correct',
    input: correctCaseInput,
    roles: heads,
    summary: {
      zh: '更正（追加记录，不改原记录）',
      en: 'Record a correction of an earlier event, which stays',
    },
  }),
  'case.deemAccepted': operation({
    ...common,
    transaction: 'deemAccepted',
    input: caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未告知，记录视为受理',
      en: 'Record that a case without a reply in time counts as accepted',
    },
  }),
  'case.deemWithdrawn': operation({
    ...common,
    transaction: 'deemWithdrawn',
    input: caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未补正，记录视为撤回',
      en: 'Record that a case not supplemented in time counts as withdrawn',
    },
  }),
} as const;

export const caseQueries = {
  'case.get': operation({
    contract: 'case',
    transaction: 'get',
    input: caseOnlyInput,
    output: caseRecord,
    roles: anyone,
    summary: { zh: '查询办件', en: 'One case' },
  }),
  'case.events': operation({
    contract: 'case',
    transaction: 'events',
    input: z.strictObject({ caseNo, ...page }),
    output: pageOf(caseEventRecord),
    roles: anyone,
    summary: { zh: '办件全部事件', en: "A case's events in order" },
  }),
} as const;
