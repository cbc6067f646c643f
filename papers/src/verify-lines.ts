import type { PaperCode } from './code.js';
import type { Paper } from './paper.js';

/** What stands beside the code: what the paper was printed from, how to check it, and the seal's evidence. */
export function verifyLines({ code, fields, lang }: Paper): string[] {
  if (code === undefined) return [draftWords[lang].line];
  return lang === 'en' ? english({ code, fields }) : chinese({ code, fields });
}

/** How a draft is told from what was done: a mark on every page, and a line where the code would stand. */
export const draftWords = {
  zh: { mark: '草稿', line: '草稿：尚未办理，账本没有此项记录，不具效力，不得对外出具。' },
  en: {
    mark: 'DRAFT',
    line: 'Draft: not done yet. The ledger has no such record; it has no effect.',
  },
} as const;

type Said = Pick<Paper, 'fields'> & { readonly code: PaperCode };

function chinese({ code, fields }: Said): string[] {
  const { sealSystem, sealDigest, sealEvidence, signer } = fields;
  const place = `账本记录：第 ${String(code.block)} 区块，${whatZh(code)}，交易\n${code.txId ?? ''}`;
  return [
    `本件依账本记录打印，以账本记录为准。经办：${signer}。`,
    place,
    `记录校验值（SHA-256）\n${code.digest}`,
    '核验：扫描二维码，所得文字填入控制台“核验”的“一份文书”，或者执行 yici paper check "扫描所得文字" --paper 本文件',
    ...(sealSystem === ''
      ? ['印章：未登记电子印章，以加盖的公章为准。']
      : [`印章：${sealSystem}`, `盖章文书 ${sealDigest}`, `印章凭证 ${sealEvidence}`]),
  ];
}

function english({ code, fields }: Said): string[] {
  const { sealSystem, sealDigest, sealEvidence, signer } = fields;
  const place = `Record: block ${String(code.block)}, transaction ${code.txId ?? ''}, ${whatEn(code)}`;
  return [
    `Printed from the ledger, whose record prevails. Signed by ${signer}.`,
    place,
    `Digest of the record (SHA-256): ${code.digest}`,
    'To check: scan the code; give its text to Verify in the console, or to yici paper check "TEXT", with --paper FILE for this file.',
    sealSystem === ''
      ? 'Seal: no e-seal is recorded; the stamp on paper counts.'
      : `Seal: ${sealSystem}; sealed document ${sealDigest}; proof of the seal ${sealEvidence}`,
  ];
}

const whatZh = ({ seq, id }: PaperCode): string =>
  seq === undefined ? `编号 ${id}` : `办理记录第 ${String(seq)} 号`;
const whatEn = ({ seq, id }: PaperCode): string =>
  seq === undefined ? `number ${id}` : `act ${String(seq)} of the case`;
