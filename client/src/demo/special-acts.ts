import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  caseRecord,
  defaultWindowSeconds,
  oneThingCaseRecord,
  shanghaiDate,
  type Words,
} from '@yici/domain/model';
import { refusalCode } from '../contract-refusal.js';
import { seal } from '../documents/digest.js';
import { ClientError } from '../errors.js';
import { localTime } from '../present/words.js';
import type { Memory } from './memory.js';
import { document, type Stage } from './stage.js';

/** An act as it is played. */
export interface Scene extends Stage {
  readonly memory: Memory;
}

/** What the story does that is no single command, by the name in its files. */
export const specialActs = {
  readDraft,
  readTemplate,
  newShare,
  sealValues,
  compareValues,
  waitUntilPassed,
} as const;

/** The content of the demo's one matter that remains a draft. */
async function readDraft({ cast, memory }: Scene): Promise<void> {
  const { client } = await cast.as('offices.clerk1');
  const asked = { taskCode: 'YC33110000000099', version: 1 };
  memory['draft'] = (await client.read('matters.version', asked)).content;
}

/** The published one thing, and the materials that must come with its form. */
async function readTemplate({ cast, memory }: Scene): Promise<void> {
  const { client } = await cast.as('drc.clerk1');
  const template = await client.read('oneThings.get', { code: 'YC33110000000001' });
  memory['template'] = template;
  memory['materials'] = template.materials
    .filter(({ mayFollow }) => !mayFollow)
    .map(({ code, name }) => ({ code, document: document(name.zh) }));
}

/** Whoever is first triggers the next parts of the one thing: the applicant here, or a gateway's scheduler. */
export async function advance({ cast, narrator, memory }: Scene, text: Words): Promise<void> {
  const applicant = 'drc.clerk1';
  const { no } = oneThingCaseRecord.parse(memory['filed']);
  try {
    memory['thing'] = (await narrator.act(applicant, 'oneThing.advance', { no }, text)).result;
  } catch (error) {
    if (refusalCode(error) !== 'ONE_THING_NOTHING_DUE') throw error;
    const { client } = await cast.as(applicant);
    narrator.checked({
      zh: `${text.zh}（网关已按时推进）`,
      en: `${text.en} (a gateway’s clock was there first)`,
    });
    memory['thing'] = (await client.read('oneThingCases.get', { no })).record;
  }
}

function newShare({ memory }: Scene): void {
  memory['share'] = `share-${randomUUID()}`;
}

const sharedValues: Readonly<Record<string, string>> = {
  caseNo: '演示办件',
  head: '演示值：记录校验值',
};

/** The values go to the two departments' private collections; the ledger gets salted digests. */
function sealValues({ memory }: Scene): void {
  const sealed = Object.entries(sharedValues).map(([code, value]) => ({
    code,
    value,
    ...seal(value),
  }));
  memory['fields'] = sealed.map(({ code, sealed: digest }) => ({ code, ...digest }));
  memory['values'] = sealed.map(({ code, value, salt }) => ({
    ...{ code, value },
    salt: Buffer.from(salt).toString('hex'),
  }));
}

/** The requester reads the delivered values; where they are stored only at its own peer, the provider reads its copy. */
async function compareValues({ cast, narrator, memory }: Scene): Promise<void> {
  const shareId = String(memory['share']);
  const readAs = async (user: string) => (await cast.as(user)).client.shareValues(shareId);
  let reader: Words = { zh: '编办', en: 'the requester' };
  const { deliveries } = await readAs('establishment.clerk1').catch((error: unknown) => {
    if (refusalCode(error) !== 'PRIVATE_VALUES_ELSEWHERE') throw error;
    reader = {
      zh: '数据局（编办须经本部门网关读取）',
      en: 'the provider, since the requester’s copy is read through its own gateway,',
    };
    return readAs('data.clerk1');
  });
  const read = deliveries.flatMap(({ values }) => values);
  for (const [code, value] of Object.entries(sharedValues)) {
    if (read.some((one) => one.code === code && one.value === value)) continue;
    throw new ClientError('CHECK_FAILED', `${shareId} gave other values than were delivered.`);
  }
  narrator.checked({
    zh: `${reader.zh}从双方专用数据区读到所提供的数值`,
    en: `${reader.en} reads the values in the private collection`,
  });
}

/** Waits until the accepted case's time limit has passed by more than the tolerance of the calendar in force. */
async function waitUntilPassed({ cast, narrator, memory }: Scene): Promise<void> {
  const { caseNo, dueAt } = caseRecord.parse(memory['accepted']);
  if (dueAt === undefined) {
    throw new ClientError('CHECK_FAILED', `${caseNo} should be due at an instant.`);
  }
  const { client } = await cast.as('hrss.clerk1');
  const year = shanghaiDate(dueAt).slice(0, 4);
  const { windowSeconds } = (await client.read('calendars.get', { year })).days;
  const surelyPassed = Date.parse(dueAt) + 1000 * (windowSeconds ?? defaultWindowSeconds);
  const until = localTime(new Date(surelyPassed).toISOString());
  narrator.checked({
    zh: `真实等待期限届满并超过时钟容差，不拨快时钟：等至 ${until}`,
    en: `waits in real time until the limit has surely passed; no clock is turned on: until ${until}`,
  });
  await delay(Math.max(0, surelyPassed + 1000 - Date.now()));
}
