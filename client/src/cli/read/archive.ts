import type { Command } from 'commander';
import { makeArchive } from '../../archive/make.js';
import type { ArchiveManifest } from '../../archive/manifest.js';
import { verifyArchive, type ArchiveCheck, type ArchiveKnown } from '../../archive/verify.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { printable } from '../../terminal/text.js';
import { exampleOf, reads, show, textOption, type ReadValues, type Shown } from './read.js';

/** `yici archive make` and, without gateway and identity, `yici archive verify`. */
export function addArchive(program: Command, terminal: Terminal): void {
  const group = program.command('archive').description('归档信息包 packages for the archive');
  const make = group
    .command('make <caseNo>')
    .description(
      '制作归档信息包：记录、文件、交易回执、元数据、清单 a folder with all there is of a closed case',
    )
    .requiredOption('--out <folder>', '新文件夹 a new folder');
  reads(make, terminal, async ({ client }, [caseNo = ''], values) => {
    const folder = textOption(values, 'out') ?? '';
    await makeArchive(client, caseNo, folder);
    return shown(folder, await verifyArchive(folder));
  });
  exampleOf(make, 'yici archive make YC33110000000007-20260302-0001 --out archive');
  addVerify(group, terminal);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify')
    .argument('<folder>', '归档信息包 a package of `yici archive make`')
    .option('--package <hex>', '账本上归档的摘要 the digest that was archived on the ledger')
    .option('--head <hex>', '账本上的链头 the head the ledger has for the case')
    .option('--pin <hex>', '创世区块哈希，缺省取包内所载 genesis hash; the package’s unless told')
    .description(
      '离线核验归档信息包：清单、记录、文件、回执 check every file, document and receipt offline; exit code 1 when something does not hold',
    );
  verify.action(async (folder: string) => {
    const values: ReadValues = verify.optsWithGlobals();
    const [digest, head, pin] = ['package', 'head', 'pin'].map((name) => textOption(values, name));
    const known = { package: digest, head, pin };
    show(terminal, values, shown(folder, await verifyArchive(folder, known), known));
  });
  exampleOf(verify, 'yici archive verify archive --package 3f0c… --pin 9a41…');
}

function shown(folder: string, check: ArchiveCheck, known: ArchiveKnown = {}): Shown {
  const { findings, digest, manifest } = check;
  const holds = findings.length === 0;
  const missing = manifest?.documents.filter(({ held }) => held === null) ?? [];
  return {
    json: { folder, holds, digest, findings, missing, manifest },
    lines: [
      `${holds ? '✓ 归档信息包成立 the package holds' : '✗ 归档信息包不成立 the package does NOT hold'}: ${printable(folder)}`,
      ...(manifest === undefined ? [] : fieldsOf(manifest, digest, known)),
      ...missing.map(({ digest: named, at }) => printable(`  缺 missing ${named} ${at}`)),
      ...findings.map(({ code, file, detail }) => printable(`  ${code} ${file}: ${detail}`)),
    ],
    ...(!holds && { failed: 'The package does not hold.' }),
  };
}

function fieldsOf(manifest: ArchiveManifest, digest: string | undefined, known: ArchiveKnown) {
  const uncompared = Object.entries(known).flatMap(([name, is]) => (is ? [] : [`--${name}`]));
  return renderFields([
    ['办件 case', manifest.caseNo],
    ['清单摘要 digest of the manifest', digest],
    ['链头 head', manifest.head],
    ['创世区块 genesis', manifest.genesisHash],
    ['文件 files', manifest.files.length],
    ['应附原文 documents named', manifest.documents.length],
    ['未与账本核对 not compared with the ledger', uncompared.join(' ')],
  ]);
}
