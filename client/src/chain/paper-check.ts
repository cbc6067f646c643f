import { canonicalDigest, type Words } from '@yici/domain/model';
import type { PaperCode } from '@yici/papers';
import { provedIssue } from './issued.js';
import { blockOf, type PaperAsker } from './paper-sources.js';
import { soundCase } from './sound-case.js';

/** What the digest of a card's or an order's paper is of; papers' own, which not every client has. */
type IssuedDigest = (of: 'card' | 'order', record: object) => string;

/**
 * What of a paper's code is not as the ledger has it: nothing of it is the gateway's word, but what blocks prove.
 * @throws ClientError CHECK_FAILED, RECEIPT_REFUSED
 */
export async function codeFindings(
  asker: PaperAsker,
  code: PaperCode,
  issuedDigest: IssuedDigest,
): Promise<Words[]> {
  const { genesis } = asker;
  if (code.genesis !== genesis) {
    const zh = `属于另一账本：${code.genesis}，本账本为 ${genesis}`;
    return [{ zh, en: `of another ledger: ${code.genesis}, this one is ${genesis}` }];
  }
  const { of, id } = code;
  if (of !== 'case') {
    const { record, ...place } = await provedIssue(asker, { of, id });
    return differing(code, { digest: issuedDigest(of, record), ...place });
  }
  const { events } = await soundCase(asker.client, id);
  const event = events.find(({ seq }) => seq === code.seq);
  if (event === undefined) {
    const seq = String(code.seq);
    return [{ zh: `办件 ${id} 没有第 ${seq} 号办理记录`, en: `${id} has no act ${seq}` }];
  }
  const { txId } = event;
  return differing(code, {
    ...{ digest: canonicalDigest(event), txId, block: await blockOf(asker, txId) },
  });
}

type Place = Required<Pick<PaperCode, 'digest' | 'txId' | 'block'>>;

/** Codes of cards and orders of before name no transaction. */
function differing(code: PaperCode, is: Place): Words[] {
  return [
    ...(code.digest === is.digest ? [] : [differs('记录校验值', 'digest', is.digest)]),
    ...((code.txId ?? is.txId) === is.txId ? [] : [differs('交易', 'transaction', is.txId)]),
    ...((code.block ?? is.block) === is.block ? [] : [differs('区块', 'block', String(is.block))]),
  ];
}

const differs = (zh: string, en: string, is: string): Words => ({
  zh: `${zh}不符：账本为 ${is}`,
  en: `another ${en}: the ledger has ${is}`,
});
