import type { CommandWarning } from '@yici/api';
import type { Vocabulary } from '@yici/domain/model';
import { printable, type Say } from '@yici/terminal';

const sentences: Vocabulary = {
  MATERIAL_NOT_OPENED: {
    zh: '提醒：本部门还没有人查阅必需材料',
    en: 'note: nobody here has opened a required material',
  },
  MATERIAL_NOT_HERE: {
    zh: '提醒：本网关没有存放必需材料的原件',
    en: 'note: the document of a required material is not at this gateway',
  },
};

/** What a command is warned of before it is signed, and what to type first. */
export function presentWarnings(
  { caseNo }: Readonly<Record<string, unknown>>,
  warnings: readonly CommandWarning[],
  say: Say,
): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.map(({ code, material, name }) => {
    const named = name === null ? material : say.aside(name, material);
    return say.member(sentences, code) + say({ zh: '：', en: ': ' }) + named;
  });
  const line = `yici case materials ${String(caseNo)}`;
  return [...lines, say({ zh: `  查阅：${line}`, en: `  to open it: ${line}` })].map(printable);
}
