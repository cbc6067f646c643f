import {
  canonicalDigest,
  chainStart,
  type CaseEventRecord,
  type CaseRecord,
  type ShareEventRecord,
  type ShareRecord,
} from '@yici/domain/model';

export interface ChainFinding {
  readonly code:
    | 'EVENT_MISSING'
    | 'EVENT_OF_OTHER_CASE'
    | 'EVENT_OF_OTHER_SHARE'
    | 'LINK_BROKEN'
    | 'HEAD_DIFFERS'
    | 'STATE_DIFFERS';
  readonly seq: number;
  readonly detail: string;
}

export interface ChainCheck {
  readonly events: number;
  /** The head recomputed from the events. */
  readonly head: string;
  readonly findings: readonly ChainFinding[];
}

interface ChainRecord {
  readonly head: string;
  readonly nextSeq: number;
  readonly state: string;
}

interface ChainEvent {
  readonly seq: number;
  readonly prev: string;
  readonly state: string;
}

/** What a chain is of: the id that every event must have, and the finding when one has another. */
interface ChainSubject<E> {
  readonly id: string;
  readonly idOf: (event: E) => string;
  readonly foreign: ChainFinding['code'];
}

/** Recomputes a case's chain from its events, as {@link checkChain} does. */
export function checkCaseChain(
  record: ChainRecord & Pick<CaseRecord, 'caseNo'>,
  events: readonly CaseEventRecord[],
): ChainCheck {
  const { caseNo: id } = record;
  return checkChain(record, events, {
    id,
    idOf: ({ caseNo }) => caseNo,
    foreign: 'EVENT_OF_OTHER_CASE',
  });
}

/** Recomputes a share's chain from its events, as {@link checkChain} does. */
export function checkShareChain(
  record: ChainRecord & Pick<ShareRecord, 'shareId'>,
  events: readonly ShareEventRecord[],
): ChainCheck {
  const { shareId: id } = record;
  return checkChain(record, events, {
    id,
    idOf: ({ shareId }) => shareId,
    foreign: 'EVENT_OF_OTHER_SHARE',
  });
}

/**
 * Recomputes a chain from its events and compares it with the record: all events are present, each contains the digest of the
 * previous one, and head and state equal those of the record. Only the record's head and number of events are trusted.
 */
function checkChain<E extends ChainEvent>(
  record: ChainRecord,
  events: readonly E[],
  subject: ChainSubject<E>,
): ChainCheck {
  const findings: ChainFinding[] = [];
  let prev = chainStart;
  for (const [index, event] of events.entries()) {
    findings.push(...linkFindings(subject, index, event, prev));
    prev = canonicalDigest(event);
  }
  return {
    events: events.length,
    head: prev,
    findings: [...findings, ...endFindings(record, events, prev)],
  };
}

function linkFindings<E extends ChainEvent>(
  { id, idOf, foreign }: ChainSubject<E>,
  index: number,
  event: E,
  prev: string,
): ChainFinding[] {
  const findings: ChainFinding[] = [];
  const { seq } = event;
  if (idOf(event) !== id) findings.push({ code: foreign, seq, detail: idOf(event) });
  if (seq !== index) findings.push({ code: 'EVENT_MISSING', seq: index, detail: `found ${seq}` });
  if (event.prev !== prev) {
    findings.push({ code: 'LINK_BROKEN', seq, detail: `prev ${event.prev}, recomputed ${prev}` });
  }
  return findings;
}

function endFindings(
  record: ChainRecord,
  events: readonly ChainEvent[],
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
