import { keyIdOf, plainReasonWords, type AppKeyRecord } from '@yici/domain/model';
import { exampleOf, type Column, type SpokenCommand as Command } from '@yici/terminal';
import { newSm2Key } from '../../signers/sm2.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { lists, show } from './read.js';
import type { GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';

const columns: readonly Column<AppKeyRecord>[] = [
  [{ zh: '密钥', en: 'key' }, (row) => row.keyId],
  [{ zh: '部门', en: 'department' }, (row, say) => say.nameOf('department', row.department)],
  [{ zh: '用户', en: 'user' }, (row) => row.user],
  [{ zh: '登记', en: 'registered' }, (row) => localTime(row.registeredAt)],
  [
    { zh: '撤销', en: 'revoked' },
    ({ revocation }, say) =>
      revocation &&
      say.aside(localTime(revocation.at), say.member(plainReasonWords, revocation.reasonCode)),
  ],
];

/** SM2 keys of officials: creating one on this machine, and listing those on the ledger. */
export function addAppKeyReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'appKeys.list',
    columns,
    description: { zh: '已登记的商用密码（SM2）签名密钥', en: 'SM2 keys on the ledger' },
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
    .description({
      zh: '在本机生成商用密码（SM2）签名密钥（软件实现，未经认证）',
      en: 'make an SM2 key here; not certified',
    })
    .requiredOption('--user <name>', { zh: '经办人用户名', en: 'enrolment name, as hrss.clerk1' })
    .requiredOption('-o, --output <file>', { zh: '保存到（新文件）', en: 'the file to make' });
  made.action(async () => {
    const values: NewValues = made.optsWithGlobals();
    const key = newSm2Key(values.user);
    await writeNew(values.output, Buffer.from(`${JSON.stringify(key, null, 2)}\n`, 'utf8'));
    const { user, publicKey } = key;
    const keyId = keyIdOf(publicKey);
    show(terminal, values, {
      json: { file: values.output, keyId, user, publicKey },
      lines: [
        {
          zh: `✓ ${values.output}：密钥 ${keyId}（${user}）`,
          en: `✓ ${values.output}: key ${keyId} (${user})`,
        },
      ],
    });
  });
  exampleOf(made, 'yici app-key new --user hrss.clerk1 -o clerk1.sm2.json');
}
