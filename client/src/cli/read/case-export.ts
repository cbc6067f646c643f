import { Option, type Command } from 'commander';
import { verifyCaseExport, type ExportCheck } from '../../export/verify.js';
import type { GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';
import { renderFields } from '../../terminal/table.js';
import { printable } from '../../terminal/text.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, reads, show, textOption, type Shown } from './read.js';

/** `yici case export` and, without gateway and identity, `yici case verify-export`. */
export function addCaseExport(group: Command, terminal: Terminal): void {
  const exported = group
    .command('export <caseNo>')
    .description(
      '导出办件：GB/T 39046-2020 字段（json、xml），或者带摘要和事件链的压缩包（zip） a case for other systems and the archive',
    )
    .addOption(new Option('--format <format>').choices(['json', 'xml', 'zip']).default('zip'))
    .option('--out <file>', '新文件，缺省为 a new file, unless told <caseNo>.<format>');
  reads(exported, terminal, async ({ client }, [caseNo = ''], values) => {
    const format = textOption(values, 'format') ?? 'zip';
    const file = textOption(values, 'out') ?? `${caseNo}.${format}`;
    const bytes = await client.bytes('cases.export', { caseNo, format });
    await writeNew(file, bytes);
    return {
      json: { caseNo, format, file, size: bytes.length },
      lines: [`✓ 已导出 exported ${caseNo}: ${printable(file)}（${bytes.length} 字节 bytes）`],
    };
  });
  exampleOf(exported, 'yici case export YC33110000000007-20260302-0001 --format xml');
  addVerifyExport(group, terminal);
}

function addVerifyExport(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify-export')
    .argument('<file>', '导出的压缩包 a package of `yici case export`')
    .option(
      '--head <hex>',
      '账本上的链头 the head the ledger has for the case; `yici case show` prints it',
    )
    .description(
      '离线核验导出包：摘要、事件链、两种格式 recompute digests, chain and translations offline; exit code 1 when something does not hold',
    );
  verify.action(async (file: string) => {
    const values: GlobalOptions & Readonly<Record<string, unknown>> = verify.optsWithGlobals();
    const head = textOption(values, 'head');
    const bytes = await terminal.read(file);
    show(terminal, values, shown(file, verifyCaseExport(bytes, head), head));
  });
  exampleOf(verify, 'yici case verify-export YC33110000000007-20260302-0001.zip --head 3f0c…');
}

function shown(file: string, check: ExportCheck, head: string | undefined): Shown {
  const { findings, manifest, translationsCompared } = check;
  const holds = findings.length === 0;
  return {
    json: { file, holds, findings, translationsCompared, manifest },
    lines: [
      `${holds ? '✓ 导出包成立 the package holds' : '✗ 导出包不成立 the package does NOT hold'}: ${printable(file)}`,
      ...renderFields([...manifestFields(manifest), ...(holds ? heldFields(check, head) : [])]),
      ...findings.map(({ code, file: name, detail }) => printable(`  ${code} ${name}: ${detail}`)),
    ],
    ...(!holds && { failed: 'The package does not hold.' }),
  };
}

type FieldRow = Parameters<typeof renderFields>[0][number];

function manifestFields(manifest: ExportCheck['manifest']): FieldRow[] {
  return [
    ['办件 case', manifest?.caseNo],
    ['通道 channel', manifest?.channel],
    ['创世区块 genesis', manifest?.genesisHash],
    ['事件 events', manifest?.events],
    ['链头 head', manifest?.head],
  ];
}

/** The scope of a successful check. */
function heldFields(check: ExportCheck, head: string | undefined): FieldRow[] {
  const ledger =
    head === undefined
      ? '未与账本核对，用 --head not compared with the ledger: use --head'
      : '与账本一致 is the ledger’s';
  return [
    ['账本 ledger', ledger],
    ['两种格式 translations', translationsText(check)],
  ];
}

function translationsText({ translationsCompared, manifest }: ExportCheck): string {
  if (translationsCompared) return '与记录一致 say what the records say';
  const edition = String(manifest?.edition);
  return `第${edition}版，本客户端不能重做，只核对了摘要 of edition ${edition}, which this client does not make again: only their digests were checked`;
}
