import type {
  CaseClockKind,
  CaseRecord,
  CaseState,
  DatasetRecord,
  MatterRecord,
  Verdict,
} from '@yici/domain/model';

/** Chinese names of the closed lists; the English name is the ledger's own. */
const stateWords: Readonly<Record<CaseState, string>> = {
  SUBMITTED: '已申报',
  RECEIVED: '已收件',
  SUPPLEMENT_NOTIFIED: '待补正',
  NOT_ACCEPTED: '不予受理',
  ACCEPTED: '已受理',
  TOLERANT_ACCEPTED: '容缺受理',
  IN_REVIEW: '会办中',
  SPECIAL_PROCEDURE: '特别程序',
  EXTENDED: '已延期',
  DECIDED_GRANTED: '准予',
  DECIDED_REFUSED: '不予批准',
  COMPLETED: '已办结',
  DELIVERED: '已送达',
  ARCHIVED: '已归档',
  WITHDRAWN: '已撤回',
  DEEMED_WITHDRAWN: '视为撤回',
  ACCEPTANCE_REVOKED: '撤销受理',
  DECISION_REVOKED: '撤销决定',
  TRANSFERRED: '已移交',
};

/** A word of the ledger with what it means; one that is newer than this program stands alone. */
export function worded(words: Readonly<Record<string, string | undefined>>, word: string): string {
  return `${words[word] ?? ''} ${word}`.trim();
}

export const stateText = (state: string): string => worded(stateWords, state);

const matterStatusWords: Readonly<Record<MatterRecord['status'], string>> = {
  draft: '草案',
  cosigned: '已会签',
  published: '已公布',
  retired: '已停用',
};

export function matterStatusText(status: MatterRecord['status']): string {
  return worded(matterStatusWords, status);
}

const shareWords: Readonly<Record<DatasetRecord['shareClass'], string>> = {
  unconditional: '无条件共享',
  conditional: '有条件共享',
  notShared: '不予共享',
};

export function shareText(shareClass: DatasetRecord['shareClass']): string {
  return worded(shareWords, shareClass);
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  valid: '有效',
  notYet: '尚未生效',
  expired: '已过期',
  suspended: '已暂停',
  revoked: '已撤销',
};

export function verdictText(verdict: Verdict): string {
  return worded(verdictWords, verdict);
}

const clockWords: Readonly<Record<CaseClockKind, string>> = {
  transfer: '答复移交',
  ruling: '职责裁定',
  reply: '答复是否受理 reply at the door',
  supplement: '补正 supplement',
  tolerated: '补交容缺材料 tolerated materials',
  opinion: '会办意见 opinion',
  finish: '承诺办结 finish as promised',
  statutory: '法定办结 finish by law',
  procedure: '特别程序 special procedure',
  deliver: '送达 deliver',
  inspect: '核查承诺 inspect the commitment',
  correct: '限期改正 put right',
};

export function clockText(what: CaseClockKind): string {
  return clockWords[what];
}

/** A time limit in working days or calendar days, as the law counts it. */
export function workingDays(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value} 个工作日 working days`;
}

/** An instant in Asia/Shanghai (UTC+8 all year), to the second. */
export function localTime(timestamp: string): string {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) return timestamp;
  const shifted = new Date(at + 8 * 60 * 60 * 1000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)}`;
}

interface Due {
  readonly what: string;
  readonly on: (record: CaseRecord) => string | undefined;
}

const reply: Due = { what: '答复是否受理 reply at the door', on: (record) => record.replyBy };
const finish: Due = { what: '办结 finish', on: (record) => record.dueOn };
const deliver: Due = { what: '送达 deliver', on: (record) => record.deliverBy };

const dues: Partial<Record<CaseState, Due>> = {
  SUBMITTED: reply,
  RECEIVED: reply,
  SUPPLEMENT_NOTIFIED: { what: '补正 supplement', on: ({ notices }) => notices.at(-1)?.dueOn },
  ACCEPTED: finish,
  TOLERANT_ACCEPTED: finish,
  IN_REVIEW: finish,
  SPECIAL_PROCEDURE: finish,
  EXTENDED: finish,
  DECIDED_GRANTED: deliver,
  DECIDED_REFUSED: deliver,
  COMPLETED: deliver,
};

/** The due day of a case's next act, and that act; undefined when nothing is due. */
export function dueOf(
  record: CaseRecord,
): { readonly on: string; readonly what: string } | undefined {
  const due = dues[record.state];
  const on = due?.on(record);
  return due === undefined || on === undefined ? undefined : { on, what: due.what };
}
