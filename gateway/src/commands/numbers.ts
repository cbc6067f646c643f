import {
  commands,
  padded,
  readyParts,
  settledParts,
  shanghaiDate,
  type CaseRecord,
  type CommandName,
  type OneThingPart,
} from '@yici/domain/model';
import { z } from 'zod';
import type { IndexReader } from '../index-store/reader.js';
import { NumberBook } from './number-book.js';
import { apart, numberAt, placeOf, type NumberPlace } from './number-rows.js';
import type { PendingTransaction, Refused } from './pending-model.js';
import { signatureTime } from './proposals.js';

export interface NumberSources {
  readonly books: NumberBooks;
  readonly index: Pick<IndexReader, 'has' | 'record' | 'transaction'>;
  readonly now: () => Date;
  /** The position of the gateway's department among those of the channel. */
  readonly place: () => NumberPlace;
}

interface NumberHolder {
  readonly owner: string;
  /** How many unused numbers to skip. Default 0. */
  readonly apart?: number;
}

type Input = Readonly<Record<string, unknown>>;

/** Whether the caller left the numbers of what is filed to the gateway. */
export function leavesNumbers(command: CommandName, input: Input): boolean {
  const { issued = [] } = commands[command];
  return issued.length > 0 && issued.every((name) => input[name] === undefined);
}

/**
 * The input with numbers of today: for the case, or for the one thing and for its parts that can be opened according to
 * the index. They are reserved for the owner until the proposal expires; the contract decides whether they are accepted.
 */
export function withNumbers(
  sources: NumberSources,
  command: string,
  input: Input,
  holder: NumberHolder,
): Record<string, unknown> {
  const issue = issuer(sources, holder);
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

/** What the next attempt of a command says, and the case number that stands in its last ordered one. */
interface Again {
  readonly input: Record<string, unknown>;
  readonly orderedCaseNo?: string | undefined;
}

/**
 * The input of a command's next attempt. After a conflict the number is kept, because the client recognises its filing
 * by it, unless another case has it by now: then the new number comes with `insteadOf`, the one that it replaces. It may
 * also be taken between the conflict and the next attempt, so the ordered number is remembered over refusals.
 */
export function numbersAgain(
  sources: NumberSources,
  transaction: PendingTransaction,
  wasOrdered: boolean,
): Again {
  const { command, input, issuedCaseNo, owner, state, txId } = transaction;
  if (!issuedCaseNo) return { input };
  const files = command === 'case.submit';
  const caseNo = String(input['caseNo']);
  const orderedCaseNo = files && wasOrdered ? caseNo : transaction.orderedCaseNo;
  const isTaken = files && sources.index.has('case', caseNo);
  if (wasOrdered && !isTaken) return { input, orderedCaseNo };
  const wasTaken = wasOrdered || state === 'refused';
  const holder = { owner, ...(wasTaken ? { apart: apart(txId) } : {}) };
  const again = withNumbers(sources, command, input, holder);
  if (orderedCaseNo === undefined) return { input: again };
  return { input: { ...again, insteadOf: orderedCaseNo }, orderedCaseNo };
}

/**
 * The numbers of a refused filing are free again at once: no gap stays for it, and the next filing has the lowest. One that is
 * another's by now is not given back, for the index may not have that case yet.
 */
export function returnNumbers(
  { books, place }: Pick<NumberSources, 'books' | 'place'>,
  { issuedCaseNo, input, owner, error }: Refused,
): void {
  if (!issuedCaseNo || error.code === 'ALREADY_EXISTS') return;
  for (const [kind, number] of issuedIn(input)) {
    const [code = '', day = '', sequence = ''] = number.split('-');
    const at = placeOf(Number(sequence), place());
    if (at !== undefined) books.known(kind, code, day)?.giveBack(at, owner);
  }
}

function issuedIn(input: Input): (readonly [Numbered, string])[] {
  const { caseNo, no, cases = [] } = issuedSchema.parse(input);
  return [
    ...cases.map((part) => ['case', part.caseNo] as const),
    ...(caseNo === undefined ? [] : [['case', caseNo] as const]),
    ...(no === undefined ? [] : [['oneThingCase', no] as const]),
  ];
}

/** Where the numbers stand in the inputs of what is filed. */
const issuedSchema = z.object({
  caseNo: z.string().optional(),
  no: z.string().optional(),
  cases: z.array(z.object({ caseNo: z.string() })).optional(),
});

const templateKey = z.object({ code: z.string(), version: z.number() });

type Numbered = 'case' | 'oneThingCase';
type Issue = (kind: Numbered, code: string) => string;

const heads = { case: 'matterHead', oneThingCase: 'oneThingHead' } as const;

/** The numbers of today, by kind and code. */
export class NumberBooks {
  #day = '';
  readonly #books = new Map<string, NumberBook>();

  /** The book of a code of that day, where there is one. */
  known(kind: Numbered, code: string, day: string): NumberBook | undefined {
    return this.#day === day ? this.#books.get(`${kind} ${code}`) : undefined;
  }

  /** The book of a code. Books of another day are dropped: nothing is filed under that day any more. */
  of(kind: Numbered, code: string, day: string): NumberBook {
    if (this.#day !== day) this.#books.clear();
    this.#day = day;
    const key = `${kind} ${code}`;
    const book = this.#books.get(key) ?? new NumberBook();
    this.#books.set(key, book);
    return book;
  }
}

/** The calendar day in Asia/Shanghai as YYYYMMDD. */
export function shanghaiDay(at: Date): string {
  return shanghaiDate(at.toISOString()).replaceAll('-', '');
}

/** The number of a case (办件编号), `<taskCode>-<YYYYMMDD>-<sequence>`; the sequence has at least four digits. */
export function caseNumber(taskCode: string, day: string, sequence: number): string {
  return `${taskCode}-${day}-${String(sequence).padStart(4, '0')}`;
}

function issuer({ books, index, now, place }: NumberSources, holder: NumberHolder): Issue {
  const time = now();
  const day = shanghaiDay(time);
  const own = place();
  return (kind, code) => {
    const numberOf = (at: number) => caseNumber(code, day, numberAt(at, own));
    const used = (at: number) => index.has(kind, numberOf(at));
    const until = time.getTime() + signatureTime;
    const hold = { ...holder, until, now: time.getTime(), used };
    // Filings of unknown codes will be refused, so no memory is used for them.
    const known = index.has(heads[kind], code);
    const book = known ? books.of(kind, code, day) : new NumberBook();
    return numberOf(book.take(hold));
  };
}

function numbered(
  parts: readonly { readonly id: string; readonly taskCode: string }[],
  issue: Issue,
): { node: string; caseNo: string }[] {
  return parts.map(({ id, taskCode }) => ({ node: id, caseNo: issue('case', taskCode) }));
}

/** The parts of a filed one thing that can be opened now. */
function partsDue(index: Pick<IndexReader, 'record'>, no: string): readonly OneThingPart[] {
  const { parts } = partsNow(index, index.record('oneThingCase', no)?.parts ?? []);
  const ready = readyParts(parts);
  return parts.filter(({ id }) => ready.includes(id));
}

/** Parts with the status that follows from the results of their cases, and those cases. */
export function partsNow(
  index: Pick<IndexReader, 'record'>,
  parts: readonly OneThingPart[],
): { readonly parts: OneThingPart[]; readonly cases: ReadonlyMap<string, CaseRecord> } {
  const cases = new Map<string, CaseRecord>();
  for (const { id, caseNo } of parts) {
    const record = caseNo === undefined ? undefined : index.record('case', caseNo);
    if (record !== undefined) cases.set(id, record);
  }
  return { parts: settledParts(parts, cases, ''), cases };
}
