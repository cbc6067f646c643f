import { canonicalDigest } from '@yici/domain/model';
import { PaperError } from './errors.js';

/** What leads from a paper to the record it was printed from. */
export interface PaperCode {
  /** Of a case, an order or a card. */
  readonly of: 'case' | 'order' | 'card';
  readonly id: string;
  /** Hash of the channel's first block: which ledger. */
  readonly genesis: string;
  /** SHA-256 of the canonical event of a case, or of what an order or a card was issued with. */
  readonly digest: string;
  /** Of a case: the number of the event in its chain. */
  readonly seq?: number;
  /** The transaction that wrote it, and that one's block; papers of cards and orders of before name neither. */
  readonly txId?: string;
  readonly block?: number;
}

/** `yici:case/<number>?seq=1&tx=…&block=12&digest=…&genesis=…`: a URI, short enough for a printed QR code. */
export function codeText({ of, id, seq, txId, block, digest, genesis }: PaperCode): string {
  const parts = [
    ...(seq === undefined ? [] : [`seq=${String(seq)}`]),
    ...(txId === undefined ? [] : [`tx=${txId}`]),
    ...(block === undefined ? [] : [`block=${String(block)}`]),
    `digest=${digest}`,
    `genesis=${genesis}`,
  ];
  return `yici:${of}/${encodeURIComponent(id)}?${parts.join('&')}`;
}

const ends = 'digest=(?<digest>[0-9a-f]{64})&genesis=(?<genesis>[0-9a-f]{64})$';
const place = 'tx=(?<txId>[0-9a-f]{64})&block=(?<block>\\d{1,15})&';
const acts = `seq=(?<seq>\\d{1,6})&${place}`;
const forms = {
  case: new RegExp(`^yici:case/(?<id>[^?/]+)\\?${acts}${ends}`),
  order: new RegExp(`^yici:order/(?<id>[^?/]+)\\?(?:${place})?${ends}`),
  card: new RegExp(`^yici:card/(?<id>[^?/]+)\\?(?:${place})?${ends}`),
} as const;

/** Reads what was scanned from a paper. @throws PaperError PAPER_CODE_INVALID */
export function parseCode(text: string): PaperCode {
  for (const of of ['case', 'order', 'card'] as const) {
    const found = forms[of].exec(text.trim())?.groups;
    if (found === undefined) continue;
    const part = (name: string): string => found[name] ?? '';
    const code = { of, id: decoded(part('id')), digest: part('digest'), genesis: part('genesis') };
    const { txId, block, seq } = found;
    return {
      ...code,
      ...(seq !== undefined && { seq: Number(seq) }),
      ...(txId !== undefined && { txId, block: Number(block) }),
    };
  }
  throw invalid(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(text);
  }
}

const invalid = (text: string): PaperError =>
  new PaperError('PAPER_CODE_INVALID', notACode, { details: { code: text } });

const notACode = {
  zh: '不是本系统文书上的核验码；请照二维码的内容原样填写，以 yici: 开头。',
  en: 'This is no code of a paper; give what the QR code says as it is, it begins with yici:.',
};

/** What each is issued with; whatever is said to it comes later and is on no paper. */
const issuedWith = {
  card: [
    ...['cardId', 'department', 'colour', 'clock', 'basis'],
    ...['raisedBy', 'raisedAt', 'explainBy', 'explainTo'],
  ],
  order: [
    ...['orderId', 'department', 'caseNo', 'subject', 'document'],
    ...['mandate', 'limit', 'dueOn', 'issuedBy', 'issuedAt'],
  ],
} as const;

/** The digest of what a card or an order was issued with. */
export const issuedDigest = (of: 'card' | 'order', record: object): string =>
  canonicalDigest(
    Object.fromEntries(
      Object.entries(record).filter(
        ([name, value]) =>
          (issuedWith[of] as readonly string[]).includes(name) && value !== undefined,
      ),
    ),
  );
