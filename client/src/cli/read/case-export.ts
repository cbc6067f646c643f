import { Option } from 'commander';
import {
  exampleOf,
  renderFields,
  printable,
  type Say,
  type Field,
  type SpokenCommand as Command,
} from '@yici/terminal';
import type { Words } from '@yici/domain/model';
import { verifyCaseExport, type ExportCheck } from '../../export/verify.js';
import type { GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';
import type { Terminal } from '../../terminal/terminal.js';
import { reads, show, textOption, type Shown, names } from './read.js';

/** `yici case export` and, without gateway and identity, `yici case verify-export`. */
export function addCaseExport(group: Command, terminal: Terminal): void {
  const exported = names(group.command('export'), 'cases.get')
    .description({
      zh: '导出办件：GB/T 39046-2020 字段（json、xml），或者带校验值和办理记录的压缩包（zip）',
      en: 'a case for other systems and the archive',
    })
    .addOption(
      new Option('--format <format>', terminal.say({ zh: '格式', en: 'format' }))
        .choices(['json', 'xml', 'zip'])
        .default('zip'),
    )
    .option('--out <file>', {
      zh: '新文件，缺省为“办件编号.格式”',
      en: 'a new file (default: <caseNo>.<format>)',
    });
  reads(exported, terminal, async ({ client }, [caseNo = ''], values) => {
    const format = textOption(values, 'format') ?? 'zip';
    const file = textOption(values, 'out') ?? `${caseNo}.${format}`;
    const bytes = await client.bytes('cases.export', { caseNo, format });
    await writeNew(file, bytes);
    return {
      json: { caseNo, format, file, size: bytes.length },
      lines: [
        {
          zh: `✓ 已导出 ${caseNo}：${printable(file)}（${bytes.length} 字节）`,
          en: `✓ exported ${caseNo}: ${printable(file)} (${bytes.length} bytes)`,
        },
      ],
    };
  });
  exampleOf(exported, 'yici case export YC33110000000007-20260302-0001 --format xml');
  addVerifyExport(group, terminal);
}

function addVerifyExport(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify-export')
    .argument(
      { zh: '<文件>', en: '<file>' },
      { zh: '导出的压缩包', en: 'a package of `yici case export`' },
    )
    .option('--head <hex>', {
      zh: '账本上的记录校验值',
      en: 'the head the ledger has for the case; `yici case show` prints it',
    })
    .description({
      zh: '离线核验导出包：校验值、办理记录、两种格式',
      en: 'recompute digests, chain and translations offline; exit code 1 when something does not hold',
    });
  verify.action(async (file: string) => {
    const values: GlobalOptions & Readonly<Record<string, unknown>> = verify.optsWithGlobals();
    const head = textOption(values, 'head');
    const bytes = await terminal.read(file);
    show(terminal, values, shown(terminal.say, file, verifyCaseExport(bytes, head), head));
  });
  exampleOf(verify, 'yici case verify-export YC33110000000007-20260302-0001.zip --head 3f0c…');
}

function shown(say: Say, file: string, check: ExportCheck, head: string | undefined): Shown {
  const { findings, manifest, translationsCompared } = check;
  const holds = findings.length === 0;
  return {
    json: { file, holds, findings, translationsCompared, manifest },
    lines: [
      holds
        ? { zh: `✓ 导出包成立：${printable(file)}`, en: `✓ the package holds: ${printable(file)}` }
        : {
            zh: `✗ 导出包不成立：${printable(file)}`,
            en: `✗ the package does NOT hold: ${printable(file)}`,
          },
      ...renderFields(
        [...manifestFields(manifest), ...(holds ? heldFields(check, head) : [])],
        say,
      ),
      ...findings.map(({ code, file: name, detail }) => printable(`  ${code} ${name}: ${detail}`)),
    ],
    ...(!holds && { failed: { zh: '导出包不成立。', en: 'The package does not hold.' } }),
  };
}

function manifestFields(manifest: ExportCheck['manifest']): Field[] {
  return [
    [{ zh: '办件', en: 'case' }, manifest?.caseNo],
    [{ zh: '通道', en: 'channel' }, manifest?.channel],
    [{ zh: '创世区块', en: 'genesis' }, manifest?.genesisHash],
    [{ zh: '事件', en: 'events' }, manifest?.events],
    [{ zh: '记录校验值', en: 'head' }, manifest?.head],
  ];
}

/** The scope of a successful check. */
function heldFields(check: ExportCheck, head: string | undefined): Field[] {
  const ledger =
    head === undefined
      ? { zh: '未与账本核对，用 --head', en: 'not compared with the ledger: use --head' }
      : { zh: '与账本一致', en: 'is the ledger’s' };
  return [
    [{ zh: '账本', en: 'ledger' }, ledger],
    [{ zh: '两种格式', en: 'translations' }, translationsText(check)],
  ];
}

function translationsText({ translationsCompared, manifest }: ExportCheck): Words {
  if (translationsCompared) return { zh: '与记录一致', en: 'say what the records say' };
  const edition = String(manifest?.edition);
  return {
    zh: `第 ${edition} 版，本客户端不能重做，只核对了校验值`,
    en: `of edition ${edition}, which this client does not make again: only their digests were checked`,
  };
}
