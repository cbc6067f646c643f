import { createHash } from 'node:crypto';
import { canonicalJson, type Vocabulary } from '@yici/domain/model';
import { z } from 'zod';

/** The fields of a line that the chain check needs; other fields are kept unchanged. */
export const journalLine = z.looseObject({
  seq: z.number(),
  prev: z.string(),
  at: z.string(),
  kind: z.string(),
});
export type JournalLine = z.infer<typeof journalLine>;

/** The anchor of a gateway's journal on the ledger for one day. */
export interface JournalAnchor {
  readonly department: string;
  readonly gateway: string;
  readonly day: string;
  readonly seq: number;
  readonly head: string;
}

export const journalFindingCodes = {
  JOURNAL_EMPTY: { zh: '没有任何日志行', en: 'no line at all' },
  JOURNAL_MISSING: { zh: '此行之前缺行', en: 'lines before this one are missing' },
  JOURNAL_CHANGED: { zh: '此行之前的行被改动', en: 'the line before this one was changed' },
  JOURNAL_CUT: {
    zh: '已锚定的行不在日志中，末尾被截去',
    en: 'an anchored line is not there: the end was cut off',
  },
  JOURNAL_REPLACED: { zh: '与锚定的不是同一行', en: 'this is another line than the anchored one' },
  JOURNAL_UNANCHORED: {
    zh: '最近两天没有锚定',
    en: 'no anchor in the last two days of the journal',
  },
} as const satisfies Vocabulary;
type JournalFindingCode = keyof typeof journalFindingCodes;

interface JournalFinding {
  readonly code: JournalFindingCode;
  readonly seq?: number;
  readonly day?: string;
}

export type JournalCheck = ReturnType<typeof checkJournal>;

export const hashOfLine = (line: object): string =>
  createHash('sha256').update(canonicalJson(line)).digest('hex');

const twoDays = 2 * 86_400_000;

/** Checks a journal, oldest line first, for internal consistency and against its anchors on the ledger. No gateway is trusted. */
export function checkJournal(lines: readonly JournalLine[], anchors: readonly JournalAnchor[]) {
  const newest = lines.at(-1);
  const last = Math.max(-1, ...anchors.map(({ seq }) => seq));
  const findings: readonly JournalFinding[] = [
    ...(newest === undefined ? [{ code: 'JOURNAL_EMPTY' } as const] : []),
    ...chainFindings(lines),
    ...anchorFindings(lines, anchors),
    ...(newest === undefined ? [] : lateFindings(newest, anchors)),
  ];
  return {
    lines: lines.length,
    /** Number of the first line. */
    from: lines[0]?.seq ?? 0,
    anchors: anchors.length,
    // Until the next anchor, the removal of these lines cannot be detected.
    unanchored: lines.filter(({ seq }) => seq > last).length,
    findings,
  };
}

/** The faults of a chain, oldest line first. `from`: number of its first line that is kept; what came before is not checked. */
export function chainFindings(
  lines: readonly Pick<JournalLine, 'seq' | 'prev'>[],
  from = 0,
): (JournalFinding & { readonly seq: number })[] {
  const findings: (JournalFinding & { readonly seq: number })[] = [];
  let before = { seq: from - 1, hash: from === 0 ? '0'.repeat(64) : lines[0]?.prev };
  for (const line of lines) {
    const { seq, prev } = line;
    if (seq !== before.seq + 1) findings.push({ code: 'JOURNAL_MISSING', seq });
    else if (prev !== before.hash) findings.push({ code: 'JOURNAL_CHANGED', seq });
    before = { seq, hash: hashOfLine(line) };
  }
  return findings;
}

function anchorFindings(
  lines: readonly JournalLine[],
  anchors: readonly JournalAnchor[],
): JournalFinding[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]));
  const newest = lines.at(-1)?.seq ?? -1;
  return anchors.flatMap(({ seq, head, day }): JournalFinding[] => {
    const line = bySeq.get(seq);
    if (line !== undefined) {
      return hashOfLine(line) === head ? [] : [{ code: 'JOURNAL_REPLACED', seq, day }];
    }
    // A line missing in the middle is already reported by the chain check.
    return seq > newest ? [{ code: 'JOURNAL_CUT', seq, day }] : [];
  });
}

function lateFindings(newest: JournalLine, anchors: readonly JournalAnchor[]): JournalFinding[] {
  const days = anchors.map(({ day }) => day).sort();
  const last = days.at(-1);
  const late = last === undefined || Date.parse(newest.at) - Date.parse(last) > twoDays;
  return late ? [{ code: 'JOURNAL_UNANCHORED', ...(last !== undefined && { day: last }) }] : [];
}
