import type { BlockRow, CaseRow, DoneItem, InboxItem } from '@yici/api';
import { roleWords, todoWords, type Vocabulary } from '@yici/domain/model';
import type { Column, Register, Say } from '@yici/terminal';
import { actText, labels, localTime, stateText } from './words.js';

export const caseRowColumns: readonly Column<CaseRow>[] = [
  { title: labels.caseNo, value: (row) => row.caseNo },
  { title: labels.matter, value: (row) => row.matterName, max: 30 },
  { title: labels.state, value: (row, say) => stateText(row.state, say) },
  { title: labels.applicant, value: (row, say) => say.nameOf('department', row.applicant) },
  { title: labels.owner, value: (row, say) => say.nameOf('department', row.owner) },
  { title: labels.due, value: (row) => row.dueOn },
  { title: labels.updated, value: (row) => localTime(row.updatedAt) },
];

export const inboxColumns: readonly Column<InboxItem>[] = [
  { title: { zh: '待办', en: 'to do' }, value: ({ todo }, say) => say.member(todoWords, todo) },
  {
    title: labels.number,
    value: (row) =>
      row.signoffId ??
      row.cardId ??
      row.orderId ??
      row.caseNo ??
      row.shareId ??
      row.about.key.join(' '),
  },
  { title: labels.matter, value: (row) => row.matterName, max: 30 },
  { title: labels.step, value: stepText },
  { title: labels.due, value: (row) => row.due },
  { title: { zh: '剩余工作日', en: 'days left' }, value: ({ left }) => left },
  {
    title: { zh: '灯', en: 'light' },
    value: ({ light }, say) => light && say.member(lightWords, light),
  },
  { title: { zh: '逾期起算', en: 'missed from' }, value: ({ from }) => from && localTime(from) },
  { title: { zh: '待办起始时间', en: 'since' }, value: ({ since }) => dayOrTime(since) },
  {
    title: { zh: '角色', en: 'for' },
    value: ({ roles }, say) => say.list(roles.map((role) => roleWords[role])),
  },
  { title: { zh: '催办', en: 'urged' }, value: ({ urgedAt }) => urgedAt && localTime(urgedAt) },
];

/** A step by the name that its matter gives it; the data set whose attestation is waited for. */
function stepText({ step, stepName, datasetId }: InboxItem, say: Say): string | null {
  if (step === null) return null;
  if (stepName !== undefined) return say.aside(stepName, step);
  return step === datasetId ? say.withId('dataset', step) : step;
}

const lightWords = {
  green: { zh: '绿灯', en: 'green' },
  yellow: { zh: '黄灯', en: 'yellow' },
  red: { zh: '红灯', en: 'red' },
} satisfies Vocabulary;

export const doneColumns: readonly Column<DoneItem>[] = [
  { title: labels.at, value: ({ at }) => localTime(at) },
  { title: { zh: '办理事项', en: 'act' }, value: ({ command }) => actText(command), max: 40 },
  {
    title: { zh: '记录', en: 'about' },
    value: ({ about }, say) => aboutText(about, say),
    max: 60,
  },
  { title: { zh: '经办人', en: 'by' }, value: ({ user }) => user },
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

const versionOf = (version: number, say: Say): string =>
  say({ zh: `第 ${version} 版`, en: `v${version}` });

/** What begins with a day, begins at no hour of it. */
function dayOrTime(since: string): string {
  const time = localTime(since);
  return time.endsWith(' 00:00:00') ? time.slice(0, 10) : time;
}

export const blockColumns: readonly Column<BlockRow>[] = [
  { title: labels.block, value: ({ number }) => number },
  { title: { zh: '交易数', en: 'transactions' }, value: ({ transactions }) => transactions },
  { title: { zh: '有效', en: 'valid' }, value: ({ valid }) => valid },
  { title: labels.at, value: ({ at }) => at && localTime(at) },
  { title: { zh: '哈希', en: 'hash' }, value: ({ hash }) => `${hash.slice(0, 16)}…` },
  {
    title: { zh: '前块哈希', en: 'previous' },
    value: ({ previousHash }) => `${previousHash.slice(0, 16)}…`,
  },
];
