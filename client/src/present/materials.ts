import { materialKindWords, type CaseMaterial } from '@yici/api';
import { printable, renderTable, type Column, type Say } from '@yici/terminal';
import { labels, localTime } from './words.js';

/** A material, and the gateway at which its document lies, if it was found. */
export type MaterialRow = CaseMaterial & { readonly gateway?: string | undefined };

const columns: readonly Column<MaterialRow>[] = [
  [labels.material, ({ name, code }) => name ?? code, { max: 24 }],
  [{ zh: '代码', en: 'code' }, ({ code }) => code],
  [{ zh: '必需', en: 'required' }, ({ required }, say) => required && say.yesNo(true)],
  [{ zh: '形式', en: 'form' }, ({ kind }) => materialKindWords[kind]],
  [{ zh: '提交部门', en: 'from' }, ({ department }, say) => say.nameOf('department', department)],
  [labels.number, ({ document, attestationId }) => document?.id ?? attestationId],
  [{ zh: '存放', en: 'lies at' }, placeOf],
  [{ zh: '本部门查阅', en: 'opened here' }, openedText],
];

function placeOf({ digest, document, gateway }: MaterialRow) {
  if (digest === undefined) return '';
  return document === null ? { zh: '未找到', en: 'not found' } : (gateway ?? '');
}

function openedText({ digest, opened }: MaterialRow) {
  if (opened !== null) return `${opened.by.user} ${localTime(opened.at)}`;
  return digest === undefined ? '' : { zh: '未查阅', en: 'not yet' };
}

export function presentMaterials(
  caseNo: string,
  rows: readonly MaterialRow[],
  { unasked, say }: { readonly unasked: readonly string[]; readonly say: Say },
): string[] {
  const kept = rows.filter(({ document }) => document !== null);
  const stored = kept.find(({ opened }) => opened === null) ?? kept[0];
  const file = say({ zh: '文件.pdf', en: 'document.pdf' });
  const line = stored && `yici document get --case ${caseNo} --material ${stored.code} -o ${file}`;
  return [
    say({ zh: `办件 ${caseNo}`, en: `case ${caseNo}` }),
    ...renderTable(columns, rows, say),
    ...unasked.map((address) =>
      printable(
        say({
          zh: `✗ 未能查询的网关：${address}`,
          en: `✗ a gateway that could not be asked: ${address}`,
        }),
      ),
    ),
    ...(line === undefined
      ? []
      : [printable(say({ zh: `取文件：${line}`, en: `to read it: ${line}` }))]),
  ];
}
