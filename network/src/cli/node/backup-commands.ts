import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpokenCommand, Text } from '@yici/terminal';
import type { Words } from '@yici/domain/model';
import type { Manifest } from '../../backup/manifest.js';
import { fileExists } from '../../backup/refusals.js';
import { chainHeight } from './block-export.js';
import { addCommand, run, type CommandContext, type Program } from '../context.js';
import { nodesOption } from '../options.js';
import { backupPassphrase } from '../keys/passphrase.js';

interface NodeOptions {
  readonly department?: string;
  readonly passphraseFile?: string;
}

interface BackupOptions extends NodeOptions {
  readonly out: string;
  readonly keysOut?: string;
}

interface RestoreOptions extends NodeOptions {
  readonly check?: boolean;
  readonly keys?: string;
}

/** `node backup` and `node restore`. */
export function addBackupCommands(node: SpokenCommand, program: Program): void {
  const backup = addCommand(
    node,
    'node backup --dir /var/lib/yici --out node.tar --keys-out keys.age',
    {
      zh: '备份账本（嵌入式引擎可以照常运行，Fabric 须先停止对等节点）和密钥',
      en: 'back up the ledger (embedded engine: also while it runs; Fabric: with the peer stopped) and the keys',
    },
  )
    .requiredOption('--out <file>', {
      zh: '写入的文件，不覆盖已有的',
      en: 'file to write; an existing one is not replaced',
    })
    .option('--keys-out <file>', {
      zh: '另写一个文件，存放以口令加密的密钥（age 格式）',
      en: 'another file for the keys, under a passphrase (format age)',
    });
  shared(backup).action(run(program, () => takeOne));
  const restore = addCommand(node, 'node restore node.tar --dir /var/lib/yici --keys keys.age', {
    zh: '以备份恢复账本和密钥',
    en: 'put ledger and keys back from a backup',
  })
    .argument({ zh: '<文件>', en: '<file>' }, { zh: '备份文件', en: 'the backup' })
    .option('--check', {
      zh: '只核对备份是否完整、能否在此处恢复',
      en: 'only say whether it is whole and could be restored here',
    })
    .option('--keys <file>', { zh: '一并恢复其中的密钥', en: 'restore the keys in it too' });
  shared(restore).action(run(program, () => restoreOne));
}

function shared(command: SpokenCommand): SpokenCommand {
  return command.option(...nodesOption).option('--passphrase-file <file>', {
    zh: '密钥的口令文件，取首行（缺省为 YICI_BACKUP_PASSPHRASE，否则提示输入）',
    en: "file whose first line is the keys' passphrase (default: YICI_BACKUP_PASSPHRASE, else asked for)",
  });
}

async function takeOne(context: CommandContext, options: BackupOptions): Promise<void> {
  const { folder, output } = context;
  const { backUpNode, nodeOf } = await import('./node-backup.js');
  const { keysInTokens, writeKeys } = await import('../../backup/keys.js');
  const node = nodeOf(folder, options.department);
  const { passphraseFile, keysOut } = options;
  const file = resolve(options.out);
  const keys = keysOut === undefined ? undefined : resolve(keysOut);
  refuseExisting(file, keys);
  const passphrase = keys === undefined ? '' : backupPassphrase(passphraseFile, context);
  output.progress({ zh: `正在写入 ${file} 并核对`, en: `Writing ${file} and reading it again` });
  const { height, takenAt, genesisHash, kind } = await backUpNode(folder, node, file);
  if (keys !== undefined) {
    const { channel } = node.topology;
    await writeKeys(folder.root, { channel, genesisHash }, passphrase, keys);
  }
  const blocks = blocksText(height);
  const inTokens = keysInTokens(folder.root, node.topology);
  const apart =
    keys === undefined
      ? { zh: '密钥未备份（--keys-out）。', en: 'The keys are not in it (--keys-out).' }
      : {
          zh: `密钥在 ${keys} 中，以口令加密。`,
          en: `The keys are in ${keys}, under the passphrase.`,
        };
  const text: Text[] = [
    { zh: `已备份到 ${file}${blocks.zh}。`, en: `Backed up to ${file}${blocks.en}.` },
    apart,
    ...(inTokens === 0 ? [] : [tokenWords(inTokens)]),
    ...(kind === 'peer' ? [ordererWords] : []),
  ];
  output.result({ file, kind, takenAt, height, genesisHash, keys, keysInTokens: inTokens }, text);
}

/** Before the first of the two is written: the next attempt would find it there. */
function refuseExisting(file: string, keys: string | undefined): void {
  const taken = [file, keys].find((path) => path !== undefined && existsSync(path));
  if (taken !== undefined || file === keys) throw fileExists(taken ?? file);
}

const tokenWords = (count: number): Words => ({
  zh: `令牌中的密钥 ${count} 把不在备份中，由令牌自身备份。`,
  en: `${count} keys lie in tokens and are not in it: back the tokens up by their own means.`,
});

const ordererWords: Words = {
  zh: '排序节点的数据不备份：以旧数据启动的排序节点可能对已签过的内容再次签名。恢复时清空其数据，由 node join 重新加入。',
  en: 'An orderer’s data are never backed up: started from old ones it may sign anew what it has signed before. It joins again, empty, by node join.',
};

const blocksText = (height: number | undefined): Words =>
  height === undefined
    ? { zh: '', en: '' }
    : { zh: `，区块数 ${height}`, en: `, height ${height}` };

async function restoreOne(
  context: CommandContext,
  given: string,
  options: RestoreOptions,
): Promise<void> {
  const { output } = context;
  const check = options.check === true;
  const keys = await restoreKeys(context, options);
  const file = resolve(given);
  output.progress({ zh: `正在核对 ${file}`, en: `Reading ${file}` });
  const { manifest, before } = await restored(context, options, file, keys);
  const blocks = blocksText(manifest.height);
  const { takenAt, kind, genesisHash } = manifest;
  const done = check
    ? {
        zh: `完整，可以在此处恢复：${takenAt} 的备份${blocks.zh}。`,
        en: `Whole, and can be restored here: the backup of ${takenAt}${blocks.en}.`,
      }
    : {
        zh: `已恢复 ${takenAt} 的备份${blocks.zh}。`,
        en: `Restored the backup of ${takenAt}${blocks.en}.`,
      };
  const kept =
    before === undefined
      ? []
      : [{ zh: `原有数据在 ${before}。`, en: `What was there is in ${before}.` }];
  output.result(
    { file, restored: !check, kind, takenAt, height: manifest.height, genesisHash, before },
    [done, ...kept, ...(kind === 'peer' ? [ordererWords] : [])],
  );
}

async function restored(
  { folder }: CommandContext,
  { department, check }: RestoreOptions,
  file: string,
  keys: Manifest | undefined,
): Promise<{ readonly manifest: Manifest; readonly before?: string }> {
  const { checkByKeys, checkNode, nodeOf, restoreNode } = await import('./node-backup.js');
  if (check === true && keys !== undefined && !existsSync(folder.genesis)) {
    return { manifest: await checkByKeys(keys, file) };
  }
  const node = nodeOf(folder, department);
  const height = node.kind === 'embedded' ? await chainHeight(folder) : 0;
  if (check === true) return { manifest: await checkNode(node, height, file) };
  return restoreNode(folder, node, height, file);
}

/** Judged before anything is written, and written before the data: without its topology a folder says not what belongs there. */
async function restoreKeys(
  context: CommandContext,
  { keys, passphraseFile, check }: RestoreOptions,
): Promise<Manifest | undefined> {
  if (keys === undefined) return undefined;
  const { folder } = context;
  const { assertNoOther, openKeys, putKeys } = await import('../../backup/keys.js');
  const passphrase = backupPassphrase(passphraseFile, context);
  const opened = await openKeys(resolve(keys), passphrase);
  await assertNoOther(folder.root, opened);
  if (check !== true) putKeys(folder.root, opened);
  return opened.manifest;
}
