import {
  padded,
  readyParts,
  settledParts,
  type CaseRecord,
  type OneThingPart,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import { caseNumber, lastCaseSequence, shanghaiDay } from './case-number.js';
import type { PendingStore } from './pending-store.js';

export interface NumberSources {
  readonly pending: Pick<PendingStore, 'nextCaseNumber'>;
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
 * it is by the index. The ledger has the last word on both.
 * @throws GatewayError CASE_NUMBERS_EXHAUSTED
 */
export async function withNumbers(
  sources: NumberSources,
  command: string,
  input: Input,
): Promise<Record<string, unknown>> {
  const issue = issuer(sources);
  if (command === 'case.submit') {
    return { ...input, caseNo: await issue('case', String(input['taskCode'])) };
  }
  if (command === 'oneThing.advance') {
    const parts = partsDue(sources.index, String(input['no']));
    return { ...input, cases: await numbered(parts, issue) };
  }
  const { code, version } = templateKey.parse(input);
  const nodes = sources.index.record('oneThing', code, padded(version))?.content.nodes ?? [];
  const first = nodes.filter(({ after }) => after.length === 0);
  return {
    ...input,
    no: await issue('oneThingCase', code),
    cases: await numbered(first, issue),
  };
}

const templateKey = z.object({ code: z.string(), version: z.number() });

type Issue = (kind: 'case' | 'oneThingCase', code: string) => Promise<string>;

function issuer({ pending, index, now }: NumberSources): Issue {
  const day = shanghaiDay(now());
  return async (kind, code) => {
    const known = await index.lastSequence(kind, code, day);
    const sequence = pending.nextCaseNumber(code, day, known);
    if (sequence > lastCaseSequence) {
      throw new GatewayError(
        'CASE_NUMBERS_EXHAUSTED',
        `All numbers of ${code} on ${day} are used.`,
      );
    }
    return caseNumber(code, day, sequence);
  };
}

async function numbered(
  parts: readonly { readonly id: string; readonly taskCode: string }[],
  issue: Issue,
): Promise<{ node: string; caseNo: string }[]> {
  const cases = [];
  for (const { id, taskCode } of parts) {
    cases.push({ node: id, caseNo: await issue('case', taskCode) });
  }
  return cases;
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
