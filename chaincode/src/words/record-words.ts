import { attestationStatusWords } from '../attestation/records';
import { calendarStatusWords } from '../calendar/records';
import { stepStatusWords } from '../case/records';
import { rulingStatusWords } from '../case/responsibility-records';
import { licenceGroundWords, licenceStatusWords } from '../case/result/licence-records';
import type { commands } from '../commands';
import { datasetVersionStatusWords } from '../dataset/records';
import { overlapStatusWords } from '../duty/records';
import { caseStateWords, handlingStates } from '../kernel/case-states';
import { shareStateWords } from '../kernel/share-states';
import { versionStatusWords } from '../kernel/versioned';
import type { Vocabulary, Words } from '../kernel/words';
import { oneThingCaseStatusWords } from '../one-thing/records';
import { challengeStatusWords, disputeStatusWords } from '../sharing/dispute-records';
import {
  appealGroundWords,
  cardRulingWords,
  exemptionWords,
  orderStatusWords,
} from '../supervision/records';

type Acts = Readonly<Record<string, readonly (keyof typeof commands)[]>>;

/** What refusals are about: how it is called, the states it can be in, and the acts that come next from each. */
export interface RecordWords {
  /** The details that together name one. */
  readonly ids: readonly [string, ...string[]];
  readonly words: Words;
  readonly states?: Vocabulary;
  readonly acts?: Acts;
  /** The closed lists of other details. */
  readonly lists?: Readonly<Record<string, Vocabulary>>;
}

const deciding = ['case.opinion', 'case.decide'] as const;

const caseActs: Acts = {
  SUBMITTED: ['case.receive'],
  RECEIVED: ['case.accept', 'case.tolerantAccept', 'case.supplementNotice', 'case.refuse'],
  SUPPLEMENT_NOTIFIED: ['case.supplement'],
  ...Object.fromEntries(handlingStates.map((state) => [state, deciding])),
  SPECIAL_PROCEDURE: ['case.endSpecialProcedure'],
  DECIDED_GRANTED: ['case.complete'],
  DECIDED_REFUSED: ['case.complete'],
  COMPLETED: ['case.deliver'],
  DELIVERED: ['evaluation.give', 'case.archive'],
  DECISION_REVOKED: ['case.reopen'],
};

const shareActs: Acts = {
  REQUESTED: ['sharing.consent'],
  FILED: ['sharing.grant', 'sharing.refuse', 'sharing.askMissing'],
  INCOMPLETE: ['sharing.supplement'],
  GRANTED: ['sharing.deliver', 'sharing.confirm', 'sharing.receipt'],
  REFUSED: ['sharing.dispute'],
  SUSPENDED: ['sharing.mend', 'sharing.resume'],
  ENDED: ['sharing.dispose'],
};

const versionActs = (of: 'matter' | 'oneThing'): Acts => ({
  draft: [`${of}.cosign`],
  cosigned: [`${of}.publish`],
  published: [`${of}.retire`],
  retired: [`${of}.draft`],
});

/** The most specific first: a step is of a case, a dispute of a share. */
export const recordWords: readonly RecordWords[] = [
  {
    ids: ['stepId'],
    words: { zh: '环节', en: 'step' },
    states: { ...stepStatusWords, returned: { zh: '已退回', en: 'returned' } },
    acts: { open: ['case.opinion'], returned: ['case.resendStep'], passed: ['case.decide'] },
  },
  {
    ids: ['disputeId'],
    words: { zh: '共享争议', en: 'dispute' },
    states: disputeStatusWords,
    acts: { open: ['sharing.decideDispute', 'sharing.escalateDispute'] },
  },
  {
    ids: ['challengeId'],
    words: { zh: '校核申请', en: 'challenge' },
    states: challengeStatusWords,
    acts: { open: ['sharing.answerChallenge'] },
  },
  {
    ids: ['orderId'],
    words: { zh: '督办', en: 'order' },
    states: orderStatusWords,
    acts: { open: ['order.reply'], replied: ['order.conclude'], closed: ['order.askReview'] },
  },
  {
    ids: ['cardId'],
    words: { zh: '红黄牌', en: 'card' },
    lists: { ground: appealGroundWords, outcome: cardRulingWords, missing: exemptionWords },
  },
  { ids: ['urgeId'], words: { zh: '催办', en: 'reminder' } },
  {
    ids: ['rulingId'],
    words: { zh: '职责分工协调', en: 'coordination of a duty' },
    states: rulingStatusWords,
    acts: { open: ['dutyRuling.propose'], proposed: ['dutyRuling.decide'] },
  },
  {
    ids: ['attestationId'],
    words: { zh: '存证', en: 'attestation' },
    states: attestationStatusWords,
    acts: { active: ['attestation.suspend'], suspended: ['attestation.resume'] },
  },
  {
    ids: ['delegationId'],
    words: { zh: 'AB 岗代岗委托', en: 'delegation' },
    states: { ended: { zh: '已结束', en: 'ended' } },
  },
  {
    ids: ['reformId'],
    words: { zh: '机构改革决定', en: 'reorganisation' },
    states: {
      registered: { zh: '待确认', en: 'waits for confirmation' },
      confirmed: { zh: '已确认', en: 'confirmed' },
    },
    acts: { registered: ['reform.confirm'] },
  },
  {
    ids: ['identifier'],
    words: { zh: '证照', en: 'licence' },
    states: licenceStatusWords,
    lists: {
      ...{ from: licenceStatusWords, to: licenceStatusWords },
      ...{ ground: licenceGroundWords, grounds: licenceGroundWords },
    },
  },
  {
    ids: ['topic'],
    words: { zh: '职责主题', en: 'topic' },
    states: overlapStatusWords,
    acts: { open: ['duty.proposeOverlap', 'duty.resolveOverlap'] },
  },
  {
    ids: ['shareId'],
    words: { zh: '共享申请', en: 'share' },
    states: shareStateWords,
    acts: shareActs,
  },
  {
    ids: ['datasetId'],
    words: { zh: '政务数据目录项', en: 'catalogue entry' },
    states: datasetVersionStatusWords,
    acts: {
      registered: ['dataset.approve'],
      approved: ['dataset.publish', 'dataset.sendBack'],
      sentBack: ['dataset.register'],
    },
  },
  { ids: ['caseNo'], words: { zh: '办件', en: 'case' }, states: caseStateWords, acts: caseActs },
  { ids: ['department', 'code'], words: { zh: '“三定”职责条目', en: 'duty' } },
  {
    ids: ['code'],
    words: { zh: '“一件事”', en: 'one thing' },
    states: versionStatusWords,
    acts: versionActs('oneThing'),
  },
  {
    ids: ['taskCode'],
    words: { zh: '事项', en: 'matter' },
    states: versionStatusWords,
    acts: versionActs('matter'),
  },
  {
    ids: ['no'],
    words: { zh: '“一件事”办件', en: 'one-thing case' },
    states: oneThingCaseStatusWords,
    acts: { open: ['oneThing.advance'] },
  },
  {
    ids: ['year'],
    words: { zh: '工作日历', en: 'working calendar' },
    states: calendarStatusWords,
    acts: { proposed: ['calendar.confirm'] },
  },
  { ids: ['keyId'], words: { zh: 'SM2 密钥', en: 'SM2 key' } },
  { ids: ['id'], words: { zh: '部门', en: 'department' } },
  { ids: ['department'], words: { zh: '部门', en: 'department' } },
];
