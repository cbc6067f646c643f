import {
  padded,
  readyParts,
  settledParts,
  type CaseRecord,
  type OneThingPart,
} from '@yici/chaincode/model';
import { z } from 'zod';
import type { IndexReader } from '../index-store/reader.js';
import { caseNumber, shanghaiDay } from './case-number.js';
import { NumberBook } from './number-book.js';
import { signatureTime } from './proposals.js';

export interface NumberSources {
  readonly books: NumberBooks;
  readonly index: IndexReader;
  readonly now: () => Date;
}

type Input = Readonly<Record<string, unknown>>;

/** Whether the caller left the numbers of what is filed to the gateway. */
export function leavesNumbers(command: string, input: Input): boolean {
  switch (command) {
    case 'case.submit':
      return input['caseNo'] === undefined;
    case 'oneThing.submit':
      return input['no'] === undefined && input['cases'] === undefined;
    case 'oneThing.advance':
      return input['cases'] === undefined;
    default:
      return false;
  }
}

/**
 * The input with numbers of today: of the case; or of the one thing and the parts that open, which are those whose turn
 * it is by the index. They are held for the owner until the proposal's time is over; the ledger has the last word on both.
 */
export function withNumbers(
  sources: NumberSources,
  command: string,
  input: Input,
  owner: string,
): Record<string, unknown> {
  const issue = issuer(sources, owner);
  if (command === 'case.submit') {
    return { ...input, caseNo: issue('case', String(input['taskCode'])) };
  }
  if (command === 'oneThing.advance') {
    const parts = partsDue(sources.index, String(input['no']));
    return { ...input, cases: numbered(parts, issue) };
  }
  const { code, version } = templateKey.parse(input);
  const nodes = sources.index.record('oneThing', code, padded(version))?.content.nodes ?? [];
  const first = nodes.filter(({ after }) => after.length === 0);
  return {
    ...input,
    no: issue('oneThingCase', code),
    cases: numbered(first, issue),
  };
}

const templateKey = z.object({ code: z.string(), version: z.number() });

type Numbered = 'case' | 'oneThingCase';
type Issue = (kind: Numbered, code: string) => string;

const heads = { case: 'matterHead', oneThingCase: 'oneThingHead' } as const;

/** The numbers of today, by kind and code. */
export class NumberBooks {
  #day = '';
  readonly #books = new Map<string, NumberBook>();

  /** The book of a code; those of another day are put away, for nothing is filed under that day any more. */
  of(kind: Numbered, code: string, day: string): NumberBook {
    if (this.#day !== day) this.#books.clear();
    this.#day = day;
    const key = `${kind} ${code}`;
    const book = this.#books.get(key) ?? new NumberBook();
    this.#books.set(key, book);
    return book;
  }
}

function issuer({ books, index, now }: NumberSources, owner: string): Issue {
  const time = now();
  const day = shanghaiDay(time);
  return (kind, code) => {
    const used = (sequence: number) => index.has(kind, caseNumber(code, day, sequence));
    const until = time.getTime() + signatureTime;
    const hold = { owner, until, now: time.getTime(), used };
    // What is filed against nothing will be refused: no memory is spent on it.
    const known = index.has(heads[kind], code);
    const book = known ? books.of(kind, code, day) : new NumberBook();
    return caseNumber(code, day, book.take(hold));
  };
}

function numbered(
  parts: readonly { readonly id: string; readonly taskCode: string }[],
  issue: Issue,
): { node: string; caseNo: string }[] {
  return parts.map(({ id, taskCode }) => ({ node: id, caseNo: issue('case', taskCode) }));
}

/** The parts of a filed one thing whose turn it is. */
function partsDue(index: IndexReader, no: string): readonly OneThingPart[] {
  const { parts } = partsNow(index, index.record('oneThingCase', no)?.parts ?? []);
  const ready = readyParts(parts);
  return parts.filter(({ id }) => ready.includes(id));
}

/** Parts as they stand by what their cases have come to, and those cases. */
export function partsNow(
  index: IndexReader,
  parts: readonly OneThingPart[],
): { readonly parts: OneThingPart[]; readonly cases: ReadonlyMap<string, CaseRecord> } {
  const cases = new Map<string, CaseRecord>();
  for (const { id, caseNo } of parts) {
    const record = caseNo === undefined ? undefined : index.record('case', caseNo);
    if (record !== undefined) cases.set(id, record);
  }
  return { parts: settledParts(parts, cases, ''), cases };
}
