import {
  canonicalDigest,
  chainStart,
  type CaseEventRecord,
  type CaseRecord,
} from '@yici/chaincode/model';

/** One thing that is wrong with a case's chain, and where. */
export interface ChainFinding {
  readonly code:
    'EVENT_MISSING' | 'EVENT_OF_OTHER_CASE' | 'LINK_BROKEN' | 'HEAD_DIFFERS' | 'STATE_DIFFERS';
  readonly seq: number;
  readonly detail: string;
}

export interface ChainCheck {
  readonly events: number;
  /** The head as recomputed from the events. */
  readonly head: string;
  readonly findings: readonly ChainFinding[];
}

/**
 * Recomputes a case's chain from its events and compares it with the record: every event is there, each holds the digest
 * of the one before it, the last one's digest is the record's head and its state the record's. Trusts nothing but the
 * record's head and the number of events.
 */
export function checkCaseChain(
  record: Pick<CaseRecord, 'caseNo' | 'head' | 'nextSeq' | 'state'>,
  events: readonly CaseEventRecord[],
): ChainCheck {
  const findings: ChainFinding[] = [];
  let prev = chainStart;
  for (const [index, event] of events.entries()) {
    findings.push(...linkFindings(record.caseNo, index, event, prev));
    prev = canonicalDigest(event);
  }
  return {
    events: events.length,
    head: prev,
    findings: [...findings, ...endFindings(record, events, prev)],
  };
}

function linkFindings(
  caseNo: string,
  index: number,
  event: CaseEventRecord,
  prev: string,
): ChainFinding[] {
  const findings: ChainFinding[] = [];
  const { seq } = event;
  if (event.caseNo !== caseNo)
    findings.push({ code: 'EVENT_OF_OTHER_CASE', seq, detail: event.caseNo });
  if (seq !== index) findings.push({ code: 'EVENT_MISSING', seq: index, detail: `found ${seq}` });
  if (event.prev !== prev) {
    findings.push({ code: 'LINK_BROKEN', seq, detail: `prev ${event.prev}, recomputed ${prev}` });
  }
  return findings;
}

function endFindings(
  record: Pick<CaseRecord, 'head' | 'nextSeq' | 'state'>,
  events: readonly CaseEventRecord[],
  head: string,
): ChainFinding[] {
  const findings: ChainFinding[] = [];
  const seq = events.length;
  if (record.nextSeq !== seq) {
    findings.push({ code: 'EVENT_MISSING', seq, detail: `the record counts ${record.nextSeq}` });
  }
  if (record.head !== head) {
    findings.push({
      code: 'HEAD_DIFFERS',
      seq,
      detail: `record ${record.head}, recomputed ${head}`,
    });
  }
  const last = events.at(-1)?.state;
  if (last !== undefined && last !== record.state) {
    findings.push({
      code: 'STATE_DIFFERS',
      seq,
      detail: `record ${record.state}, last event ${last}`,
    });
  }
  return findings;
}
