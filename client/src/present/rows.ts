import {
  lightWords,
  type BlockRow,
  type CaseRow,
  type DoneItem,
  type InboxItem,
  type LedgerEvent,
} from '@yici/api';
import { roleWords, todoWords } from '@yici/domain/model';
import type { Column, Register, Say } from '@yici/terminal';
import { z } from 'zod';
import { actText, labels, localTime, stateText } from './words.js';

export const caseRowColumns: readonly Column<CaseRow>[] = [
  [labels.caseNo, (row) => row.caseNo],
  [labels.matter, (row) => row.matterName, { max: 30 }],
  [labels.state, (row, say) => stateText(row.state, say)],
  [labels.applicant, (row, say) => say.nameOf('department', row.applicant)],
  [labels.owner, (row, say) => say.nameOf('department', row.owner)],
  [labels.due, (row) => row.dueOn],
  [labels.updated, (row) => localTime(row.updatedAt)],
];

export const inboxColumns: readonly Column<InboxItem>[] = [
  [{ zh: '待办', en: 'to do' }, ({ todo }, say) => say.member(todoWords, todo)],
  [
    labels.number,
    (row) =>
      row.signoffId ??
      row.cardId ??
      row.orderId ??
      row.caseNo ??
      row.shareId ??
      row.about.key.join(' '),
  ],
  [labels.matter, (row) => row.matterName ?? row.datasetName, { max: 30 }],
  [labels.step, stepText],
  [labels.due, (row) => row.due],
  [{ zh: '剩余工作日', en: 'days left' }, ({ left }) => left],
  [{ zh: '灯', en: 'light' }, ({ light }, say) => light && say.member(lightWords, light)],
  [{ zh: '逾期起算', en: 'missed from' }, ({ from }) => from && localTime(from)],
  [{ zh: '待办起始时间', en: 'since' }, ({ since }) => dayOrTime(since)],
  [{ zh: '角色', en: 'for' }, ({ roles }, say) => say.list(roles.map((role) => roleWords[role]))],
  [{ zh: '催办', en: 'urged' }, ({ urgedAt }) => urgedAt && localTime(urgedAt)],
];

/** A step by the name that its matter gives it; the data set whose attestation is waited for. */
function stepText({ step, stepName, datasetId, datasetName }: InboxItem, say: Say): string | null {
  const name = stepName ?? (step === datasetId ? datasetName : undefined);
  return step === null || name === undefined ? step : say.aside(name, step);
}

export const doneColumns: readonly Column<DoneItem>[] = [
  [labels.at, ({ at }) => localTime(at)],
  [{ zh: '办理事项', en: 'act' }, ({ command }) => actText(command), { max: 40 }],
  [{ zh: '记录', en: 'about' }, ({ about }, say) => aboutText(about, say), { max: 60 }],
  [{ zh: '经办人', en: 'by' }, ({ user }) => user],
];

/** What names a record among the ids of an act, and the register that calls it something. */
const keys = {
  ...{ department: 'department', id: 'department', taskCode: 'matter', datasetId: 'dataset' },
  ...{ caseNo: '', shareId: '', attestationId: '', cardId: '', orderId: '', rulingId: '' },
  ...{ delegationId: '', reformId: '', code: '', no: '', year: '', topic: '', keyId: '' },
} as const satisfies Readonly<Record<string, Register | ''>>;

/** What was acted on: by its name where the ledger has one, its version last. */
function aboutText({ version, ...about }: DoneItem['about'], say: Say): string {
  const parts = Object.entries(keys).flatMap(([field, register]) => {
    const value = about[field];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [register === '' ? String(value) : say.nameOf(register, String(value))];
  });
  const number = typeof version === 'number' ? [versionOf(version, say)] : [];
  return [...parts, ...number].join(' ');
}

/** Who did what to which record, and the state that it has now; a payload of a kind not known yet says nothing. */
export function eventText({ id, at, name, payload }: LedgerEvent, say: Say): string {
  const { department, state, ...about } = eventParts.parse(payload);
  const parts = [
    ...[id, localTime(at ?? ''), department && say.nameOf('department', department)],
    ...[say(actText(name)), aboutText(about, say), state && stateText(state, say)],
  ];
  return parts.filter(Boolean).join('  ');
}

const eventParts = z
  .looseObject({ department: z.string().optional(), state: z.string().optional() })
  .catch({});

const versionOf = (version: number, say: Say): string =>
  say({ zh: `第 ${version} 版`, en: `v${version}` });

/** What begins with a day, begins at no hour of it. */
function dayOrTime(since: string): string {
  const time = localTime(since);
  return time.endsWith(' 00:00:00') ? time.slice(0, 10) : time;
}

export const blockColumns: readonly Column<BlockRow>[] = [
  [labels.block, ({ number }) => number],
  [{ zh: '交易数', en: 'transactions' }, ({ transactions }) => transactions],
  [{ zh: '有效', en: 'valid' }, ({ valid }) => valid],
  [labels.at, ({ at }) => at && localTime(at)],
  [{ zh: '哈希', en: 'hash' }, ({ hash }) => `${hash.slice(0, 16)}…`],
  [{ zh: '前块哈希', en: 'previous' }, ({ previousHash }) => `${previousHash.slice(0, 16)}…`],
];
