import {
  caseClockWords,
  caseStateWords,
  shareClassWords,
  verdictWords,
  versionStatusWords,
  type CaseClockKind,
  type CaseRecord,
  type CaseState,
  type DatasetRecord,
  type MatterRecord,
  type Verdict,
  type Vocabulary,
} from '@yici/domain/model';

/** A member of a closed list with its Chinese word; one that is newer than this program has no word here. */
export function worded(words: Vocabulary, name: string): string {
  return `${new Map(Object.entries(words)).get(name)?.zh ?? ''} ${name}`.trim();
}

export const stateText = (state: string): string => worded(caseStateWords, state);

export function matterStatusText(status: MatterRecord['status']): string {
  return worded(versionStatusWords, status);
}

export function shareText(shareClass: DatasetRecord['shareClass']): string {
  return worded(shareClassWords, shareClass);
}

export function verdictText(verdict: Verdict): string {
  return worded(verdictWords, verdict);
}

/** Clocks that the table of a case names in Chinese alone. */
const inChinese: readonly CaseClockKind[] = ['transfer', 'ruling'];

export function clockText(what: CaseClockKind): string {
  const { zh, en } = caseClockWords[what];
  return inChinese.includes(what) ? zh : `${zh} ${en}`;
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

const reply: Due = { what: clockText('reply'), on: (record) => record.replyBy };
const finish: Due = { what: '办结 finish', on: (record) => record.dueOn };
const deliver: Due = { what: clockText('deliver'), on: (record) => record.deliverBy };

const dues: Partial<Record<CaseState, Due>> = {
  SUBMITTED: reply,
  RECEIVED: reply,
  SUPPLEMENT_NOTIFIED: {
    what: clockText('supplement'),
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

/** The due day of a case's next act, and that act; undefined when nothing is due. */
export function dueOf(
  record: CaseRecord,
): { readonly on: string; readonly what: string } | undefined {
  const due = dues[record.state];
  const on = due?.on(record);
  return due === undefined || on === undefined ? undefined : { on, what: due.what };
}
