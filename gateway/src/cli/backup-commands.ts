import type { Words } from '@yici/domain/model';
import { exampleOf, type SpokenCommand } from '@yici/terminal';
import { resolve } from 'node:path';
import { backUp } from '../assembly/back-up.js';
import { readConfig, type CommandLine } from '../assembly/config.js';
import { restoreGateway } from '../assembly/restore.js';
import { sealedBy } from '../assembly/sealed-by.js';
import { say } from '../say.js';
import { addAct, type Report, type Result } from './act.js';

interface BackupOptions extends CommandLine {
  readonly out: string;
  readonly documentsInPlace?: boolean;
}

interface RestoreOptions extends CommandLine {
  readonly check?: boolean;
}

/** `yici-gateway backup` and `restore`: what this gateway alone has. */
export function addBackupCommands(program: SpokenCommand, report: Report): void {
  const backup = program
    .command('backup')
    .description({
      zh: '备份网关自己的数据，网关可以照常运行',
      en: 'back up what this gateway alone has, also while it runs',
    })
    .requiredOption('--out <file>', {
      zh: '写入的文件，不覆盖已有的',
      en: 'file to write; an existing one is not replaced',
    })
    .option('--documents-in-place', {
      zh: '对象存储（S3）中的文件只逐份核对并登记，不复制',
      en: 'documents in an object store (S3) are read there and listed, not copied',
    });
  exampleOf(backup, 'yici-gateway backup --config gateway.yaml --out gateway-2026-12-01.tar');
  addAct(backup, report, () => takeOne(backup.optsWithGlobals()));
  const restore = program
    .command('restore')
    .description({
      zh: '以备份恢复网关的数据；须先停止网关',
      en: 'put a gateway’s data back from a backup; the gateway must be stopped',
    })
    .argument({ zh: '<文件>', en: '<file>' }, { zh: '备份文件', en: 'the backup' })
    .option('--check', {
      zh: '只核对备份是否完整、能否在此处恢复',
      en: 'only say whether it is whole and could be restored here',
    });
  exampleOf(
    restore,
    'yici-gateway restore --check gateway-2026-12-01.tar --config gateway.yaml',
    'yici-gateway restore gateway-2026-12-01.tar --config gateway.yaml',
  );
  addAct(restore, report, () => restoreOne(restore.args[0] ?? '', restore.optsWithGlobals()));
}

const progress = (words: Words): void => {
  process.stderr.write(`${say(words)}\n`);
};

async function takeOne({ out, documentsInPlace, ...line }: BackupOptions): Promise<Result> {
  const config = readConfig(line, process.env);
  const file = resolve(out);
  progress({ zh: `正在写入 ${file} 并核对`, en: `Writing ${file} and reading it again` });
  const documents = documentsInPlace === true ? 'checked' : 'copied';
  const facts = await backUp(config, sealedBy(config, process.env), file, documents);
  const { height = 0, journal, keysInTokens } = facts;
  const ofTokens = keysInTokens > 0;
  const lines = String((journal?.seq ?? -1) + 1);
  const objects = String(facts.objects);
  const isElsewhere = facts.objects > 0;
  return {
    facts: { file, ...facts },
    text: {
      zh:
        `已备份到 ${file}：区块数 ${String(height)}，日志 ${lines} 行。\n` +
        '未备份：加密所用的密钥（另行保存）、索引（重新读取）、API 密钥明文、会话' +
        (ofTokens ? `、令牌中的密钥 ${String(keysInTokens)} 把（由令牌自身备份）` : '') +
        (isElsewhere ? `、对象存储中的文件（已核对并登记 ${objects} 份）。` : '。'),
      en:
        `Backed up to ${file}: height ${String(height)}, ${lines} lines of the journal.\n` +
        'Not in it: the key that seals it (keep it apart), the index (read anew), API keys in the clear, sessions' +
        (ofTokens ? `, ${String(keysInTokens)} keys in tokens (by the tokens' own means)` : '') +
        (isElsewhere
          ? `, ${objects} documents in the object store (read there, and listed).`
          : '.'),
    },
  };
}

async function restoreOne(given: string, options: RestoreOptions): Promise<Result> {
  const config = readConfig(options, process.env);
  const [file, check] = [resolve(given), options.check === true];
  const by = sealedBy(config, process.env);
  progress({ zh: `正在核对 ${file}`, en: `Reading ${file}` });
  const { state, documents } = config;
  const restoring = { file, state, by, check, store: documents.store };
  const { manifest, before, lacking } = await restoreGateway(restoring);
  const { takenAt, height = 0, journal, genesisHash } = manifest;
  const lines = String((journal?.seq ?? -1) + 1);
  const what = {
    zh: `${takenAt} 的备份：区块数 ${String(height)}，日志 ${lines} 行`,
    en: `the backup of ${takenAt}: height ${String(height)}, ${lines} lines of the journal`,
  };
  const facts = { file, restored: !check, takenAt, height, journal, genesisHash, before, lacking };
  if (check) {
    const text = {
      zh: `完整，可以在此处恢复：${what.zh}。`,
      en: `Whole, and can be restored here: ${what.en}.`,
    };
    return { facts, text };
  }
  const kept =
    before === undefined
      ? { zh: '', en: '' }
      : { zh: `原有数据在 ${before}。`, en: ` What was there is in ${before}.` };
  const gone = goneText(lacking);
  return {
    facts,
    text: {
      zh: `已恢复 ${what.zh}。${kept.zh}启动后从区块重建索引。${gone.zh}`,
      en: `Restored ${what.en}.${kept.en} The index is read anew from the blocks at the start.${gone.en}`,
    },
  };
}

function goneText({ length }: readonly string[]): Words {
  if (length === 0) return { zh: '', en: '' };
  const count = String(length);
  return {
    zh: `备份只登记的 ${count} 份文件，对象存储中没有。`,
    en: ` ${count} documents that it lists are not in the object store.`,
  };
}
