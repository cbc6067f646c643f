import {
  exampleOf,
  renderFields,
  printable,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import { makeArchive } from '../../archive/make.js';
import type { ArchiveManifest } from '../../archive/manifest.js';
import { verifyArchive, type ArchiveCheck, type ArchiveKnown } from '../../archive/verify.js';
import { pathWords } from '@yici/domain/model';
import { actText } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { reads, show, textOption, type ReadValues, type Shown, names } from './read.js';

/** `yici archive make` and, without gateway and identity, `yici archive verify`. */
export function addArchive(program: Command, terminal: Terminal): void {
  const group = program
    .command('archive')
    .description({ zh: '归档信息包', en: 'packages for the archive' });
  const make = names(group.command('make'), 'cases.get')
    .description({
      zh: '制作归档信息包：记录、文件、交易回执、元数据、清单',
      en: 'a folder with all there is of a closed case',
    })
    .requiredOption('--out <folder>', { zh: '新文件夹', en: 'a new folder' });
  reads(make, terminal, async ({ client, say }, [caseNo = ''], values) => {
    const folder = textOption(values, 'out') ?? '';
    await makeArchive(client, caseNo, folder);
    return shown(say, folder, await verifyArchive(folder));
  });
  exampleOf(make, 'yici archive make YC33110000000007-20260302-0001 --out archive');
  addVerify(group, terminal);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify')
    .argument(
      { zh: '<目录>', en: '<folder>' },
      { zh: '归档信息包', en: 'a package of `yici archive make`' },
    )
    .option('--package <hex>', {
      zh: '账本上归档的校验值',
      en: 'the digest that was archived on the ledger',
    })
    .option('--head <hex>', {
      zh: '账本上的记录校验值',
      en: 'the head the ledger has for the case',
    })
    .option('--pin <hex>', {
      zh: '创世区块哈希，缺省取包内所载',
      en: 'genesis hash (default: the package’s)',
    })
    .description({
      zh: '离线核验归档信息包：清单、记录、文件、回执',
      en: 'check every file, document and receipt offline; exit code 1 when something does not hold',
    });
  verify.action(async (folder: string) => {
    const values: ReadValues = verify.optsWithGlobals();
    const [digest, head, pin] = ['package', 'head', 'pin'].map((name) => textOption(values, name));
    const known = { package: digest, head, pin };
    show(terminal, values, shown(terminal.say, folder, await verifyArchive(folder, known), known));
  });
  exampleOf(verify, 'yici archive verify archive --package 3f0c… --pin 9a41…');
}

function shown(say: Say, folder: string, check: ArchiveCheck, known: ArchiveKnown = {}): Shown {
  const { findings, digest, manifest } = check;
  const holds = findings.length === 0;
  const missing = manifest?.documents.filter(({ held }) => held === null) ?? [];
  return {
    json: { folder, holds, digest, findings, missing, manifest },
    lines: [
      holds
        ? {
            zh: `✓ 归档信息包成立：${printable(folder)}`,
            en: `✓ the package holds: ${printable(folder)}`,
          }
        : {
            zh: `✗ 归档信息包不成立：${printable(folder)}`,
            en: `✗ the package does NOT hold: ${printable(folder)}`,
          },
      ...(manifest === undefined ? [] : fieldsOf(say, manifest, digest, known)),
      ...missing.map(({ digest: named, at }) => missingLine(named, at, say)),
      ...(missing.length === 0 ? [] : [toStore]),
      ...findings.map(({ code, file, detail }) => printable(`  ${code} ${file}: ${detail}`)),
    ],
    ...(!holds && { failed: { zh: '归档信息包不成立。', en: 'The package does not hold.' } }),
  };
}

/** A document by the act that names it, with what it is stored by. */
function missingLine(digest: string, at: string, say: Say): string {
  const [, seq, type = '', path = ''] = /^events\/(\d+)\/([^/]+)\/(.*)$/.exec(at) ?? [];
  const of = say(actText(type));
  const what = pathWords(`/${path}`, say.language);
  const place =
    seq === undefined
      ? at
      : say({ zh: `第 ${seq} 条 ${of}：${what}`, en: `${seq} ${of}: ${what}` });
  return printable(
    say({ zh: `  缺少 ${place}（${digest}）`, en: `  missing ${place} (${digest})` }),
  );
}

const toStore = {
  zh: '  持有原件的，存入后重新制作：yici document put <文件> --as <校验值>',
  en: '  whoever has one stores it, and the package is made again: yici document put <file> --as <digest>',
};

const without = (options: readonly string[]) => ({
  zh: `未给出 ${options.join('、')}`,
  en: `without ${options.join(', ')}`,
});

function fieldsOf(
  say: Say,
  manifest: ArchiveManifest,
  digest: string | undefined,
  known: ArchiveKnown,
) {
  const uncompared = Object.entries(known).flatMap(([name, is]) => (is ? [] : [`--${name}`]));
  return renderFields(
    [
      [{ zh: '办件', en: 'case' }, manifest.caseNo],
      [{ zh: '清单校验值', en: 'digest of the manifest' }, digest],
      [{ zh: '记录校验值', en: 'head' }, manifest.head],
      [{ zh: '创世区块', en: 'genesis' }, manifest.genesisHash],
      [{ zh: '文件', en: 'files' }, manifest.files.length],
      [{ zh: '应附原文', en: 'documents named' }, manifest.documents.length],
      [
        { zh: '未与账本核对', en: 'not compared with the ledger' },
        uncompared.length === 0 ? '' : without(uncompared),
      ],
    ],
    say,
  );
}
