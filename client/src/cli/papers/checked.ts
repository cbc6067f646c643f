import { canonicalDigest, type Words } from '@yici/domain/model';
import type { PaperCode, PaperKind } from '@yici/papers';
import { blockOf } from '../../chain/paper-sources.js';
import { soundCase } from '../../chain/sound-case.js';
import type { Caller } from '../caller.js';
import { papers } from './loaded.js';
import { askerOf, genesisOf, madePaper, paperOf, type Edition } from './made.js';

/** What of a paper's code is not as the ledger has it. */
export async function codeFindings(caller: Caller, code: PaperCode): Promise<Words[]> {
  const genesis = await genesisOf(caller);
  if (code.genesis !== genesis) {
    const zh = `属于另一账本：${code.genesis}，本账本为 ${genesis}`;
    return [{ zh, en: `of another ledger: ${code.genesis}, this one is ${genesis}` }];
  }
  if (code.of !== 'case') return issuedFindings(caller, code);
  const { events } = await soundCase(caller.client, code.id);
  const event = events.find(({ seq }) => seq === code.seq);
  if (event === undefined) {
    const seq = String(code.seq);
    return [{ zh: `办件 ${code.id} 没有第 ${seq} 号办理记录`, en: `${code.id} has no act ${seq}` }];
  }
  const [digest, block] = [
    canonicalDigest(event),
    await blockOf(await askerOf(caller), event.txId),
  ];
  return [
    ...(digest === code.digest ? [] : [differs('记录校验值', 'digest', digest)]),
    ...(event.txId === code.txId ? [] : [differs('交易', 'transaction', event.txId)]),
    ...(block === code.block ? [] : [differs('区块', 'block', String(block))]),
  ];
}

const differs = (zh: string, en: string, is: string): Words => ({
  zh: `${zh}不符：账本为 ${is}`,
  en: `another ${en}: the ledger has ${is}`,
});

/** An order or a card: what it was issued with is digested anew. */
async function issuedFindings(caller: Caller, { of, id, digest }: PaperCode): Promise<Words[]> {
  const kind = of === 'order' ? 'order' : 'card';
  const paper = await paperOf(caller, { kind, number: id }, 'zh');
  const is = paper.code?.digest ?? '';
  return is === digest ? [] : [differs('记录校验值', 'digest', is)];
}

/** Makes the paper again and compares every byte; of a case its kind follows from the act. */
export async function paperFindings(
  caller: Caller,
  code: PaperCode,
  received: Uint8Array,
  edition: Edition,
): Promise<Words[]> {
  const kind = await kindOf(caller, code);
  const { bytes } = await madePaper(caller, { kind, number: code.id, seq: code.seq }, edition);
  if (Buffer.from(bytes).equals(received)) return [];
  return [
    {
      zh: '文件与重新出具的不一致：内容、模板或者字体不同。使用部门模板的，以 --templates 指明；外文版以 --edition 指明',
      en: 'the file is not as it is made again: content, template or fonts differ; name own templates with --templates, another language with --edition',
    },
  ];
}

async function kindOf({ client }: Caller, { of, id, seq }: PaperCode): Promise<PaperKind> {
  const { actsOfPaper, paperKindOf } = await papers();
  if (of !== 'case') return of;
  const { events } = await soundCase(client, id);
  const type = events.find((event) => event.seq === seq)?.type ?? '';
  const kind = Object.entries(actsOfPaper).find(([, acts]: [string, readonly string[]]) =>
    acts.includes(type),
  );
  return paperKindOf(kind?.[0] ?? type);
}
