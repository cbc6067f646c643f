import type { About } from '@yici/api';
import type { Todo, Words } from '@yici/domain/model';
import type { Say } from '@yici/terminal';

interface Subject {
  readonly about: About;
  readonly step?: string | null;
}

/** A line that shows what an act is about. */
interface Look {
  readonly what: Words;
  readonly line: (key: string, step: string, say: Say) => string;
}

const record = { zh: '先看', en: 'look first' };
const shows: Readonly<Partial<Record<string, Look>>> = {
  cases: { what: record, line: (key) => `yici case show ${key}` },
  shares: { what: record, line: (key) => `yici sharing show ${key}` },
  matters: { what: record, line: (key) => `yici matter show ${key}` },
  datasets: { what: record, line: (key) => `yici dataset show ${key}` },
  'duty-rulings': { what: record, line: (key) => `yici ruling show ${key}` },
  attestations: { what: record, line: (key) => `yici attestation show ${key}` },
  'one-things': { what: record, line: (key) => `yici one-thing show ${key}` },
  departments: { what: record, line: (key) => `yici department show ${key}` },
  duties: { what: record, line: (key) => `yici duty show ${key}` },
  calendars: { what: record, line: (key) => `yici calendar show ${key}` },
  reforms: { what: record, line: (key) => `yici reform show ${key}` },
  delegations: { what: record, line: (key) => `yici delegation show ${key}` },
  cards: { what: record, line: (key) => `yici supervise card-show ${key}` },
  orders: { what: record, line: (key) => `yici supervise order-show ${key}` },
  signoffs: {
    what: { zh: '查看并审签', en: 'look, and act' },
    line: (key) => `yici signoff show ${key}`,
  },
};

/** Where something else than the record is looked at, or made, before. */
const others: Readonly<Partial<Record<Todo, Look>>> = {
  check: {
    what: { zh: '先查阅材料', en: 'read the materials first' },
    line: (key) => `yici case materials ${key}`,
  },
  issueAttestation: {
    what: { zh: '先看数据项', en: 'look at its fields first' },
    line: (_, dataset) => `yici dataset show ${dataset}`,
  },
  receiveArchive: {
    what: {
      zh: '先核验移交部门交来的归档信息包',
      en: 'verify the package that came with the transfer first',
    },
    line: (_key, _step, say) => `yici archive verify ${say({ zh: '<目录>', en: '<folder>' })}`,
  },
  answerChallenge: {
    what: { zh: '先看校核申请', en: 'look at the challenge first' },
    line: (key) => `yici sharing challenges ${key}`,
  },
  settleDispute: {
    what: { zh: '先看争议', en: 'look at the dispute first' },
    line: (key) => `yici sharing disputes ${key}`,
  },
  archive: {
    what: { zh: '先制作归档信息包', en: 'make the package first' },
    line: (key, _step, say) =>
      `yici archive make ${key} --out ${say({ zh: '<目录>', en: '<folder>' })}`,
  },
};

/** To-dos whose record needs no look: the receipt says it all. */
const plain: ReadonlySet<Todo> = new Set(['receive', 'complete', 'deliver', 'raiseCard']);

/** What whoever does it looks at before. */
export function readFirst(todo: Todo, { about, step }: Subject, say: Say): readonly string[] {
  const look = others[todo] ?? (plain.has(todo) ? undefined : shows[about.collection]);
  if (look === undefined) return [];
  const line = look.line(about.key.join(' '), step ?? '', say);
  return [say({ zh: `  ${look.what.zh}：${line}`, en: `  ${look.what.en}: ${line}` })];
}

/** How a record is looked at, once something was done to it. */
export function lookAt({ collection, key }: About, say: Say): readonly string[] {
  const look = shows[collection];
  if (look === undefined || key.length === 0) return [];
  const line = look.line(key.join(' '), '', say);
  return [say({ zh: `下一步 查看：${line}`, en: `next, look at it: ${line}` })];
}

/** Where the codes are found that lines have a place for. */
export function lookUps(lines: readonly string[], say: Say): readonly string[] {
  const citesDuty = lines.some((line) => / --duty </.test(line));
  const duties = { zh: '  查职责条目：yici duty list', en: '  clauses of duties: yici duty list' };
  return citesDuty ? [say(duties)] : [];
}
