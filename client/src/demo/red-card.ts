import { setTimeout as delay } from 'node:timers/promises';
import {
  cardRecord,
  caseRecord,
  defaultWindowSeconds,
  exemptionConditions,
  shanghaiDate,
  type CardRecord,
  type CaseRecord,
} from '@yici/domain/model';
import { ClientError } from '../errors.js';
import { localTime } from '../present/words.js';
import { document, publishedVersion, taskCodes, type Stage } from './stage.js';

const applicant = 'hrss.clerk1';
const owner = 'archives';
const clerk = `${owner}.clerk1`;
const supervisor = 'supervision.supervisor1';

/**
 * An on-the-spot item (即办件) promised within one minute and not completed in time: any member raises the red card, the
 * owner explains and appeals in good faith, and the supervision office exempts it when all five conditions are met.
 */
export async function playRedCard(stage: Stage): Promise<readonly string[]> {
  const { narrator } = stage;
  narrator.heading(
    '红牌、说明、申诉与容错免责 A red card: 档案馆的即办件超过一分钟的演示时限 an on-the-spot item past its minute, a demo value',
  );
  const accepted = await accept(stage);
  const { caseNo, dueAt } = accepted;
  if (dueAt === undefined) {
    throw new ClientError('CHECK_FAILED', `${caseNo} should be due at an instant.`);
  }
  const red = { caseNo, what: 'finish', colour: 'red' } as const;
  await narrator.attempt(
    'card',
    { user: applicant, command: 'card.raise', input: red },
    'CARD_NOT_DUE',
    '期限未到就想亮红牌 raises a red card before the limit has passed',
  );
  const surelyPassed = Date.parse(dueAt) + 1000 * (await windowSeconds(stage, dueAt));
  narrator.checked(
    `真实等待时限届满并超过时钟容差，不拨快时钟 waits in real time until the limit has surely passed; no clock is turned on：${localTime(new Date(surelyPassed).toISOString())}`,
  );
  await delay(Math.max(0, surelyPassed + 1000 - Date.now()));
  const card = await raise(stage, red);
  await finishLate(stage, caseNo);
  await answer(stage, card);
  return [caseNo];
}

/** The tolerance by which a limit must be exceeded, from the calendar in force. */
async function windowSeconds({ cast }: Stage, at: string): Promise<number> {
  const { client } = await cast.as(applicant);
  const year = shanghaiDate(at).slice(0, 4);
  const { days } = await client.read('calendars.get', { year });
  return days.windowSeconds ?? defaultWindowSeconds;
}

async function accept(stage: Stage): Promise<CaseRecord> {
  const { narrator } = stage;
  const taskCode = taskCodes.archiveLookup;
  const { result } = await narrator.act(applicant, 'case.submit', {
    ...{ taskCode, matterVersion: await publishedVersion(stage, taskCode) },
    form: document('档案查阅一张表 the one form'),
    materials: [{ code: 'application', document: document('查阅申请 application') }],
  });
  const { caseNo } = caseRecord.parse(result);
  await narrator.act(clerk, 'case.receive', { caseNo });
  const accepted = await narrator.act(
    clerk,
    'case.accept',
    { caseNo },
    '受理：即办时限一分钟开始（演示值） accepted; its minute begins (a demo value)',
  );
  return caseRecord.parse(accepted.result);
}

/** Any department can raise it: the card follows from case and clock. */
async function raise(
  { narrator }: Stage,
  red: { readonly caseNo: string; readonly what: 'finish'; readonly colour: 'red' },
): Promise<CardRecord> {
  const { result } = await narrator.act(
    applicant,
    'card.raise',
    red,
    '亮红牌：时限已过，任何成员都可以记录 the limit has passed; any member may raise the card',
  );
  return cardRecord.parse(result);
}

/** The late act stays on record; completing the case does not remove the card. */
async function finishLate({ narrator }: Stage, caseNo: string): Promise<void> {
  await narrator.act(`${owner}.head1`, 'case.decide', {
    ...{ caseNo, outcome: 'granted', document: document('查阅决定 decision') },
  });
  await narrator.act(clerk, 'case.complete', { caseNo, result: document('查阅结果 result') });
  await narrator.act(clerk, 'case.deliver', { caseNo, form: 'web' });
}

async function answer({ narrator }: Stage, { cardId, explainBy }: CardRecord): Promise<void> {
  await narrator.act(
    clerk,
    'card.explain',
    { cardId, code: 'systemFailure', text: document('检索系统故障 the catalogue failed') },
    `说明原因（须在 ${explainBy ?? '-'} 前，优化营商环境条例第三十六条） explains why`,
  );
  await narrator.act(
    `${owner}.head1`,
    'card.appeal',
    { cardId, ground: 'goodFaith', text: document('申请容错免责 asks for the exemption') },
    '申诉：善意过失，申请容错免责 appeals: an error in good faith',
  );
  const ruling = {
    ...{ cardId, outcome: 'exempted' },
    document: document('申诉裁定 ruling'),
  };
  await narrator.attempt(
    'card-appeal',
    {
      user: supervisor,
      command: 'card.rule',
      input: { ...ruling, conditions: exemptionConditions.slice(0, 3) },
    },
    'EXEMPTION_UNFOUNDED',
    '五项条件只认定三项就免责 exempts on three of the five conditions',
  );
  await narrator.act(
    supervisor,
    'card.rule',
    { ...ruling, conditions: [...exemptionConditions] },
    '容错免责：五项条件均成立（浙江省“最多跑一次”规定第四十六条），红牌留痕 exempted on all five conditions; the card stays on the record',
  );
}
