import {
  caseClockWords,
  caseStateWords,
  commandNames,
  commands,
  type CaseClockKind,
  type CaseRecord,
  type CaseState,
  type Words,
} from '@yici/domain/model';

import { renderTable, type Column, type Field, type Say, type Text } from '@yici/terminal';

export const clockText = (what: CaseClockKind, say: Say): string => say(caseClockWords[what]);

/** A time limit as the law counts it; within one working day where it is done on the spot. */
export function limitText(
  limit: { readonly value: number } | undefined,
  say: Say,
): string | undefined {
  if (limit === undefined) return undefined;
  return limit.value === 0 ? say({ zh: '即办', en: 'on the spot' }) : say.workingDays(limit.value);
}

/** Columns and labels that many screens have. */
export const labels = {
  department: { zh: '部门', en: 'department' },
  matter: { zh: '事项', en: 'matter' },
  taskCode: { zh: '实施编码', en: 'task code' },
  caseNo: { zh: '办件编号', en: 'case' },
  owner: { zh: '实施主体', en: 'owner' },
  applicant: { zh: '申报部门', en: 'applicant' },
  lead: { zh: '牵头部门', en: 'lead' },
  step: { zh: '环节', en: 'step' },
  material: { zh: '材料', en: 'material' },
  dataset: { zh: '政务数据目录项', en: 'data set' },
  provider: { zh: '提供部门', en: 'provider' },
  requester: { zh: '需求部门', en: 'requester' },
  number: { zh: '编号', en: 'number' },
  name: { zh: '名称', en: 'name' },
  version: { zh: '版本', en: 'version' },
  state: { zh: '状态', en: 'state' },
  due: { zh: '到期', en: 'due' },
  at: { zh: '时间', en: 'at' },
  updated: { zh: '更新时间', en: 'updated' },
  signer: { zh: '签名人', en: 'signed by' },
  seq: { zh: '序号', en: 'seq' },
  transaction: { zh: '交易', en: 'transaction' },
  block: { zh: '区块', en: 'block' },
  head: { zh: '记录校验值', en: 'head of the chain' },
  digest: { zh: '内容校验值', en: 'digest' },
  basis: { zh: '依据', en: 'basis' },
} as const satisfies Readonly<Record<string, Words>>;

/** An instant in Asia/Shanghai (UTC+8 all year), to the second. */
export function localTime(timestamp: string): string {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) return timestamp;
  const shifted = new Date(at + 8 * 60 * 60 * 1000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)}`;
}

/** The day by which, or on the spot the minute. */
export const dueText = (dueOn: string, dueAt: string | undefined): string =>
  dueAt === undefined ? dueOn : localTime(dueAt).slice(0, 16);

interface Due {
  readonly what: Words;
  readonly on: (record: CaseRecord) => string | undefined;
}

const reply: Due = { what: caseClockWords.reply, on: (record) => record.replyBy };
const finish: Due = {
  what: { zh: '办结', en: 'finish' },
  on: ({ dueOn, dueAt }) => dueOn && dueText(dueOn, dueAt),
};
const deliver: Due = { what: caseClockWords.deliver, on: (record) => record.deliverBy };

const dues: Partial<Record<CaseState, Due>> = {
  SUBMITTED: reply,
  RECEIVED: reply,
  SUPPLEMENT_NOTIFIED: {
    what: caseClockWords.supplement,
    on: ({ notices }) => notices.at(-1)?.dueOn,
  },
  ACCEPTED: finish,
  TOLERANT_ACCEPTED: finish,
  IN_REVIEW: finish,
  SPECIAL_PROCEDURE: finish,
  EXTENDED: finish,
  DECIDED_GRANTED: deliver,
  DECIDED_REFUSED: deliver,
  COMPLETED: deliver,
};

/** The due day of a case's next act (its minute for what is done on the spot), and that act; undefined when nothing is due. */
export function dueOf(
  record: CaseRecord,
): { readonly on: string; readonly what: Words } | undefined {
  const due = dues[record.state];
  const on = due?.on(record);
  return due === undefined || on === undefined ? undefined : { on, what: due.what };
}

export const stateText = (state: string, say: Say): string => say.member(caseStateWords, state);

/** Which version of something. */
export const versionText = (id: string, version: number, say: Say): string =>
  say({ zh: `${id} 第 ${version} 版`, en: `${id} v${version}` });

/** A text that came after its time. */
export const lateText = (text: string, late: boolean, say: Say): string =>
  late ? say.aside(text, { zh: '逾期', en: 'late' }) : text;

/** A table with a line before it; nothing where there are no rows. */
export function section<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[] | undefined,
  say: Say,
): string[] {
  return rows === undefined || rows.length === 0 ? [] : ['', ...renderTable(columns, rows, say)];
}

/** A record as a table of it has it, a line for each column. */
export const rowFields = <Row>(columns: readonly Column<Row>[], row: Row, say: Say): Field[] =>
  columns.map(([title, value]) => [title, value(row, say)]);

/** What a command does; one that is newer than this program by its name. */
export function actText(command: string): Text {
  const known = commandNames.find((name) => name === command);
  return known === undefined ? command : commands[known].summary;
}
