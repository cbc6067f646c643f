import { z } from 'zod';
import { caseState } from '../kernel/case-states';
import { reason } from '../kernel/reason';
import { actor } from '../kernel/roles';
import {
  calendarsUsed,
  caseNo,
  date,
  departmentId,
  digest,
  limit,
  materialCode,
  mspId,
  oneThingNo,
  recordOf,
  sequence,
  sha256Hex,
  stepId,
  text,
  taskCode,
  timestamp,
  txId,
  version,
} from '../kernel/scalars';
import { caseArchive } from './archive/records';
import { disagreement } from './opinions/disagreement-records';
import { caseSuccession, handover, rulingNote, stepReturn } from './responsibility-records';
import {
  caseLimits,
  endedClock,
  extension,
  lapse,
  passing,
  pause,
  recount,
} from './clocks/clock-records';
import { commitment, inspection } from './filing/commitment-records';
import { noticeRecord, promptness, refusalAct } from './acceptance/records';
import { heldMaterial } from './filing/material-records';
import { delivery, licence } from './result/licence-records';
import { sealedDocument } from './result/sealed-records';
import { namesOf, type Vocabulary, type Words } from '../kernel/words';

/** What is revoked. */
export const revokedWords = {
  acceptance: { zh: '撤销受理', en: 'acceptance' },
  decision: { zh: '撤销决定', en: 'decision' },
} satisfies Vocabulary;

export const stepAnswerWords = {
  agree: { zh: '同意', en: 'agrees' },
  disagree: { zh: '不同意', en: 'disagrees' },
  forward: { zh: '转报', en: 'forwarded' },
} satisfies Vocabulary;
export const stepAnswer = z.enum(namesOf(stepAnswerWords));

export const decisionWords = {
  granted: { zh: '予以批准', en: 'granted' },
  refused: { zh: '不予批准', en: 'refused' },
} satisfies Vocabulary;
export const decisionOutcome = z.enum(namesOf(decisionWords));

/** How a case came to be accepted. */
export const acceptanceWords = {
  accepted: { zh: '受理', en: 'accepted' },
  tolerant: { zh: '容缺受理', en: 'with materials missing' },
  deemed: { zh: '视为受理', en: 'by the silence of the owner' },
} satisfies Vocabulary;

/** `passed`: the owner went on without the opinion after it was escalated; it may still be given. */
export const stepStatusWords = {
  waiting: { zh: '待启动', en: 'waits for earlier steps' },
  open: { zh: '办理中', en: 'open' },
  answered: { zh: '已答复', en: 'answered' },
  passed: { zh: '不再等待', en: 'passed over' },
} satisfies Vocabulary;

/**
 * 转报: the department has put its step to an organ above it. The step stays open and its clock runs on; the answer from
 * above has a clock of its own. Chains from before that have steps that a forwarding answered.
 */
const forwarding = z.strictObject({
  organ: text(200),
  /** The organ, where it is on the ledger: then it answers itself. */
  department: departmentId.exactOptional(),
  document: digest,
  by: actor,
  at: timestamp,
  dueOn: date,
  limitDays: z.int().min(0).max(200),
  answered: z
    .strictObject({ by: actor, at: timestamp, document: digest, late: z.boolean() })
    .exactOptional(),
});

const stepRecord = z.strictObject({
  id: stepId,
  department: departmentId,
  after: z.array(stepId).max(32),
  limit,
  status: z.enum(namesOf(stepStatusWords)),
  startedAt: timestamp.exactOptional(),
  dueOn: date.exactOptional(),
  answeredAt: timestamp.exactOptional(),
  answer: stepAnswer.exactOptional(),
  late: z.boolean().exactOptional(),
  lapse: lapse.exactOptional(),
  passing: passing.exactOptional(),
  returned: stepReturn.exactOptional(),
  forwarded: forwarding.exactOptional(),
  /** Its matter's version takes the opinion as advice: it stands against nothing. */
  advisory: z.literal(true).exactOptional(),
  disagreement: disagreement.exactOptional(),
});
export type StepRecord = z.output<typeof stepRecord>;

/** 送达方式. */
export const deliveryFormWords = {
  web: { zh: '网上送达', en: 'over the net' },
  window: { zh: '窗口领取', en: 'at a window' },
  courier: { zh: '快递送达', en: 'by courier' },
  other: { zh: '其他', en: 'other' },
} satisfies Vocabulary;
export const deliveryForm = z.enum(namesOf(deliveryFormWords));

/** What a case is marked with, each mark at the act that raised it. */
export const caseFlagWords = {
  secondNotice: { zh: '再次告知补正', en: 'second notice' },
  lateRefusal: { zh: '逾期告知不予受理', en: 'refused at the door late' },
  contested: { zh: '申报部门对共享数据有异议', en: 'shared data contested' },
  lateOpinion: { zh: '逾期意见', en: 'late opinion' },
  forwarded: { zh: '转报', en: 'forwarded' },
  correction: { zh: '更正', en: 'correction' },
  procedureProlonged: { zh: '再次启动特别程序', en: 'special procedure prolonged' },
  procedureBeyondGuide: { zh: '特别程序超出办事指南', en: 'special procedure beyond the guide' },
  withdrawnAfterLimit: { zh: '逾期后撤回', en: 'withdrawn after a limit had passed' },
  defaultAgreed: { zh: '超时默认同意', en: 'agreed by default' },
  escalated: { zh: '升级督办', en: 'escalated' },
  passedOver: { zh: '未等待意见继续办理', en: 'passed over' },
  lateInspection: { zh: '逾期核查', en: 'late inspection' },
  transferred: { zh: '已移交', en: 'handed over' },
  bounced: { zh: '移交未接收', en: 'bounced' },
  ruled: { zh: '已作职责分工协调决定', en: 'duty decided on' },
  returned: { zh: '退件', en: 'returned' },
  succeeded: { zh: '机构改革承继', en: 'succession by a reorganisation' },
} satisfies Vocabulary;

/** The organ above that revoked a decision, and the number of its document. */
export const superiorOrgan = z.strictObject({ organ: text(200), number: text(100) });

/** 撤销受理 or 撤销决定. */
const revocation = z.strictObject({
  of: z.enum(namesOf(revokedWords)),
  reason,
  document: digest,
  /** Of an acceptance; absent in revocations from before it was asked for, and of a decision. */
  voucher: sealedDocument.exactOptional(),
  superior: superiorOrgan.exactOptional(),
  compensation: digest.exactOptional(),
  by: actor,
  at: timestamp,
});

/** 不予撤销: the ground on which the decision could be revoked, and why it is not. */
const keptDecision = z.strictObject({ reason, document: digest, by: actor, at: timestamp });

const decisionRecord = z.strictObject({
  outcome: decisionOutcome,
  document: digest,
  /** The document with its number and seal, where that is recorded. */
  sealed: sealedDocument.exactOptional(),
  reason: reason.exactOptional(),
  by: actor,
  at: timestamp,
});

/** What sets a decision aside, so that it is decided anew. */
export const reopeningWords = {
  reconsideration: { zh: '行政复议决定', en: 'administrative reconsideration' },
  judgment: { zh: '行政诉讼判决', en: 'judgment' },
  coordination: {
    zh: '上级机关或者协调机关的复核决定',
    en: 'review by a superior or coordinating organ',
  },
  revocation: { zh: '本机关撤销', en: 'own revocation' },
} satisfies Vocabulary;

/** 重新作出决定: by what, and what had been decided. */
const reopening = z.strictObject({
  ground: z.enum(namesOf(reopeningWords)),
  document: digest,
  decision: decisionRecord.exactOptional(),
  revocation: revocation.exactOptional(),
  kept: z.array(keptDecision).max(7).exactOptional(),
  coDecision: decisionRecord.exactOptional(),
  extension: extension.exactOptional(),
  delivery: delivery.exactOptional(),
  by: actor,
  at: timestamp,
});

const caseSchema = recordOf('case', {
  caseNo,
  /** The filed one thing it is a part of. */
  oneThing: z.strictObject({ no: oneThingNo, node: stepId }).exactOptional(),
  taskCode,
  matterVersion: version,
  /** Digest of the matter version's content as it was published. */
  matterDigest: sha256Hex,
  applicant: departmentId,
  /** Absent in cases from before it was kept. */
  applicantMsp: mspId.exactOptional(),
  owner: departmentId,
  /** Applicant, owner and participants, sorted: who may see the case. */
  parties: z.array(departmentId).min(1).max(40),
  state: caseState,
  nationalNumber: z.int().min(1).max(15),
  /** Digest of the one form (一张表). */
  form: digest,
  materials: z.array(heldMaterial).max(64),
  notices: z.array(noticeRecord).max(10),
  steps: z.array(stepRecord).max(32),
  flags: z.array(z.strictObject({ code: z.enum(namesOf(caseFlagWords)), seq: sequence })).max(400),
  /** Calendar versions the due dates were computed with. */
  calendars: calendarsUsed,
  submittedAt: timestamp,
  submittedBy: actor,
  /** Day from which the five working days of art 32(1)(4) run: submission, or the answered supplement. */
  clockFrom: date,
  replyBy: date,
  receivedAt: timestamp.exactOptional(),
  /** 首问负责: who received the case stays named, whoever has it later. */
  firstAsked: actor.exactOptional(),
  /** Hand-overs of the case and of its steps, oldest first. */
  handovers: z.array(handover).max(20).exactOptional(),
  /** Declined hand-overs. */
  bounces: z.int().min(1).max(20).exactOptional(),
  rulings: z.array(rulingNote).max(20).exactOptional(),
  /** What reorganisations gave to other departments, oldest first. */
  successions: z.array(caseSuccession).max(100).exactOptional(),
  acceptance: z
    .strictObject({
      how: z.enum(namesOf(acceptanceWords)),
      by: actor,
      at: timestamp,
      /** The day the limit counts from; the day of receipt when the reply came too late (R4). */
      on: date,
      promptness: promptness.exactOptional(),
      /** None of what silence accepted, of what is finished on the spot, and from before there were any. */
      voucher: sealedDocument.exactOptional(),
    })
    .exactOptional(),
  /** The applicant's signed promise to hand in what is missing (容缺承诺书), if it came with the form. */
  pledge: digest.exactOptional(),
  /** Materials that may still follow, and by when; with the promise the acceptance rests on. */
  tolerated: z
    .strictObject({
      codes: z.array(materialCode).min(1).max(64),
      limit,
      dueOn: date,
      pledge: digest.exactOptional(),
    })
    .exactOptional(),
  /** Tolerated materials that came after the acceptance. */
  followedUp: z
    .array(z.strictObject({ code: materialCode, at: timestamp }))
    .max(64)
    .exactOptional(),
  commitment: commitment.exactOptional(),
  inspections: z.array(inspection).max(3).exactOptional(),
  limits: caseLimits.exactOptional(),
  pauses: z.array(pause).max(20).exactOptional(),
  /** Working days on which special procedures hold or held the clock; a day that two of them cover is one. */
  stoppedDays: z.int().min(0).max(4000).exactOptional(),
  extension: extension.exactOptional(),
  dueOn: date.exactOptional(),
  /** Of an on-the-spot item: the instant by which it is complete; gone once a special procedure or an extension counts days. */
  dueAt: timestamp.exactOptional(),
  statutoryDueOn: date.exactOptional(),
  /** Every clock that has ended, oldest first; absent in cases from before they were kept. */
  endedClocks: z.array(endedClock).max(300).exactOptional(),
  /** Due dates that moved with a calendar, oldest first. */
  recounts: z.array(recount).max(20).exactOptional(),
  /** The same applicant's former case of this matter, which had ended without a decision a short time before. */
  refiles: z
    .strictObject({ caseNo, how: caseState, endedOn: date, late: z.boolean() })
    .exactOptional(),
  refusal: reason.exactOptional(),
  refusalAct: refusalAct.exactOptional(),
  decision: decisionRecord.exactOptional(),
  /** Who decides with the owner on what the owner applied for at itself, and what it decided. */
  coDecider: departmentId.exactOptional(),
  coDecision: decisionRecord.exactOptional(),
  /** Ten working days after the decision (Administrative Licensing Law art 44 of a grant; of a refusal a house rule). */
  deliverBy: date.exactOptional(),
  completedAt: timestamp.exactOptional(),
  result: digest.exactOptional(),
  deliveredAt: timestamp.exactOptional(),
  /** How the result went out; at a window the applicant had to come. */
  deliveryForm: deliveryForm.exactOptional(),
  delivery: delivery.exactOptional(),
  /** 电子证照 that the grants of the case gave, those of revoked ones too. */
  licences: z.array(licence).max(20).exactOptional(),
  revocation: revocation.exactOptional(),
  /** Grounds for revoking the decision that were not followed, for the public interest; one act for a ground. */
  kept: z.array(keptDecision).max(7).exactOptional(),
  archive: caseArchive.exactOptional(),
  /** Earlier decisions that were set aside, oldest first. */
  reopenings: z.array(reopening).max(5).exactOptional(),
  updatedAt: timestamp,
  head: sha256Hex,
  nextSeq: z.int().min(1).max(999_999),
});
type CaseRecordShape = typeof caseSchema;
/** The type of {@link caseRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface CaseRecordSchema extends CaseRecordShape {}
/** A case (办件). Its whole history is the chain of its events: `head` is the digest of the newest, `nextSeq` their number. */
export const caseRecord: CaseRecordSchema = caseSchema;
export type CaseRecord = z.output<typeof caseRecord>;

/**
 * The acts on a case, each an event of its chain. `zh` is the name (环节名称) that GB/T 39046-2020 table 7 writes, `outcome`
 * the 业务动作 it writes where the answer that the act gives does not determine another.
 */
export const caseEventWords = {
  'case.submit': { zh: '申报', en: 'filing', outcome: '其他' },
  'case.receive': { zh: '收件', en: 'receipt', outcome: '通过' },
  'case.accept': { zh: '受理', en: 'acceptance', outcome: '通过' },
  'case.tolerantAccept': { zh: '容缺受理', en: 'tolerant acceptance', outcome: '通过' },
  'case.supplementNotice': { zh: '一次性告知补正', en: 'one-time notice', outcome: '退回' },
  'case.supplement': { zh: '补正', en: 'supplement', outcome: '其他' },
  'case.refuse': { zh: '不予受理', en: 'refusal to accept', outcome: '退回' },
  'case.opinion': { zh: '会办意见', en: 'opinion', outcome: '通过' },
  'case.answerForwarded': { zh: '上级答复', en: 'answer from above', outcome: '通过' },
  'case.recordMeeting': { zh: '协调会', en: 'coordination meeting', outcome: '其他' },
  'case.reviseOpinion': { zh: '修改或者维持会办意见', en: 'opinion given again', outcome: '其他' },
  'case.ruleOpinion': { zh: '不同意见的决定', en: 'decision on a disagreement', outcome: '其他' },
  'case.decide': { zh: '决定', en: 'decision', outcome: '通过' },
  'case.coDecide': {
    zh: '共同决定',
    en: 'decision of the department beside the owner',
    outcome: '通过',
  },
  'case.complete': { zh: '办结', en: 'completion', outcome: '通过' },
  'case.deliver': { zh: '送达', en: 'delivery', outcome: '通过' },
  'case.issueLicence': { zh: '颁发电子证照', en: 'issue of an e-licence', outcome: '通过' },
  'case.changeLicence': { zh: '证照状态变更', en: 'change of a licence', outcome: '其他' },
  'case.acknowledge': { zh: '签收', en: 'acknowledgement of the delivery', outcome: '通过' },
  'case.recordService': { zh: '送达登记', en: 'record of the service', outcome: '其他' },
  'case.withdraw': { zh: '撤回申请', en: 'withdrawal', outcome: '其他' },
  'case.correct': { zh: '更正', en: 'correction', outcome: '其他' },
  'case.deemAccepted': { zh: '视为受理', en: 'deemed acceptance', outcome: '通过' },
  'case.deemWithdrawn': { zh: '视为撤回', en: 'deemed withdrawal', outcome: '其他' },
  'case.startSpecialProcedure': {
    zh: '启动特别程序',
    en: 'start of a special procedure',
    outcome: '其他',
  },
  'case.endSpecialProcedure': {
    zh: '结束特别程序',
    en: 'end of a special procedure',
    outcome: '其他',
  },
  'case.recount': { zh: '按新日历重算期限', en: 'recount by a newer calendar', outcome: '其他' },
  'case.requestExtension': { zh: '申请延期', en: 'request for an extension', outcome: '其他' },
  'case.approveExtension': { zh: '批准延期', en: 'approval of an extension', outcome: '通过' },
  'case.lapseStep': { zh: '会办超时', en: 'lapse of a step', outcome: '其他' },
  'case.passStep': { zh: '未等待意见继续办理', en: 'passing over of a step', outcome: '其他' },
  'case.revokeAcceptance': { zh: '撤销受理', en: 'revocation of the acceptance', outcome: '其他' },
  'case.recordInspection': { zh: '核查承诺', en: 'inspection of a commitment', outcome: '其他' },
  'case.revokeDecision': { zh: '撤销决定', en: 'revocation of the decision', outcome: '其他' },
  'case.keepDecision': { zh: '不予撤销', en: 'decision not to revoke', outcome: '其他' },
  'case.reopen': { zh: '重新办理决定', en: 'opening for a new decision', outcome: '其他' },
  'case.liftCommitmentBar': { zh: '信用修复', en: 'repair of a bad record', outcome: '其他' },
  'case.archive': { zh: '归档', en: 'archiving', outcome: '通过' },
  'case.transferArchive': { zh: '档案移交', en: 'transfer to the archive', outcome: '其他' },
  'case.receiveArchive': { zh: '档案接收', en: 'receipt by the archive', outcome: '其他' },
  'case.resetRetention': { zh: '重新划定保管期限', en: 'new retention period', outcome: '其他' },
  'case.offerTransfer': { zh: '提出移交', en: 'offer of a hand-over', outcome: '其他' },
  'case.acceptTransfer': { zh: '接收移交', en: 'acceptance of a hand-over', outcome: '通过' },
  'case.declineTransfer': { zh: '不接收移交', en: 'declining of a hand-over', outcome: '退回' },
  'case.requestCoordination': {
    zh: '提请职责分工协调',
    en: 'request for coordination of a duty',
    outcome: '其他',
  },
  'case.succeed': { zh: '机构改革承继', en: 'succession by a reorganisation', outcome: '其他' },
  'case.returnStep': { zh: '退件', en: 'return of a step', outcome: '退回' },
  'case.resendStep': { zh: '重新送办', en: 'sending of a step again', outcome: '其他' },
  'dutyRuling.propose': { zh: '职责分工协调意见', en: 'opinion on a duty', outcome: '其他' },
  'dutyRuling.decide': { zh: '职责分工协调决定', en: 'decision on a duty', outcome: '其他' },
} satisfies Readonly<Record<string, Words & { readonly outcome: '通过' | '退回' | '其他' }>>;
export const caseEventTypes = namesOf(caseEventWords);
export type CaseEventType = keyof typeof caseEventWords;

/** One link of a case's chain: `prev` is the SHA-256 of the canonical event before it. */
export const caseEventRecord = recordOf('caseEvent', {
  caseNo,
  seq: sequence,
  type: z.enum(caseEventTypes),
  prev: sha256Hex,
  at: timestamp,
  by: actor.extend({ department: departmentId }),
  txId,
  /** The state after it. */
  state: caseState,
  /** The command as it was given, without the case number. */
  data: z.record(z.string(), z.unknown()),
});
export type CaseEventRecord = z.output<typeof caseEventRecord>;
