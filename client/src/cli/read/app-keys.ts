import { keyIdOf, type AppKeyRecord } from '@yici/domain/model';
import type { Command } from 'commander';
import { newSm2Key } from '../../signers/sm2.js';
import { localTime } from '../../present/words.js';
import type { Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, show } from './read.js';
import type { GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';

const columns: readonly Column<AppKeyRecord>[] = [
  { title: '密钥 key', value: (row) => row.keyId },
  { title: '部门 department', value: (row) => row.department },
  { title: '用户 user', value: (row) => row.user },
  { title: '登记 registered', value: (row) => localTime(row.registeredAt) },
  {
    title: '撤销 revoked',
    value: (row) =>
      row.revocation && `${localTime(row.revocation.at)} ${row.revocation.reasonCode}`,
  },
];

/** SM2 keys of officials: creating one on this machine, and listing those on the ledger. */
export function addAppKeyReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'appKeys.list',
    columns,
    description: '已登记的国密签名密钥 SM2 keys on the ledger',
    example: 'yici app-key list --department hrss',
  });
  addNew(group, terminal);
}

interface NewValues extends GlobalOptions {
  readonly user: string;
  readonly output: string;
}

/** Needs no gateway: the private key stays in the file. */
function addNew(group: Command, terminal: Terminal): void {
  const made = group
    .command('new')
    .description('在本机生成国密签名密钥（软件实现，未经认证） make an SM2 key here; not certified')
    .requiredOption('--user <name>', '经办人用户名 enrolment name, as hrss.clerk1')
    .requiredOption('-o, --output <file>', '存为 the file to make');
  made.action(async () => {
    const values: NewValues = made.optsWithGlobals();
    const key = newSm2Key(values.user);
    await writeNew(values.output, Buffer.from(`${JSON.stringify(key, null, 2)}\n`, 'utf8'));
    const { user, publicKey } = key;
    const keyId = keyIdOf(publicKey);
    show(terminal, values, {
      json: { file: values.output, keyId, user, publicKey },
      lines: [`✓ ${values.output}: 密钥 key ${keyId}（${user}）`],
    });
  });
  exampleOf(made, 'yici app-key new --user hrss.clerk1 -o clerk1.sm2.json');
}
