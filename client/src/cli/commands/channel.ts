import type { PendingChange } from '@yici/api';
import { changeFingerprint, changeId, wordsOfChange } from '@yici/ledger';
import {
  exampleOf,
  renderFields,
  type Field,
  type SpokenCommand as Command,
  type Text,
} from '@yici/terminal';
import { ClientError } from '../../errors.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller } from '../caller.js';
import { writeNew } from '../new-file.js';
import { reads, type Shown } from '../read/read.js';

const mspIds = (all: readonly string[]): string => all.join(' ');

const fieldsOf = ({
  change,
  at,
  expiresAt,
  signed,
  missing,
  satisfied,
}: PendingChange): Field[] => [
  [{ zh: '更改', en: 'change' }, wordsOfChange(change.change.name)],
  [{ zh: '指纹', en: 'fingerprint' }, changeFingerprint(change)],
  [{ zh: '提出', en: 'proposed' }, localTime(at)],
  [{ zh: '截止', en: 'until' }, localTime(expiresAt)],
  [{ zh: '已签名', en: 'signed' }, mspIds(signed)],
  [{ zh: '尚可签名', en: 'may still sign' }, satisfied ? undefined : mspIds(missing)],
];

/**
 * `yici channel pending`: what departments are gathering signatures for at this gateway. What a change does is said by `yici-network
 * channel sign`, which judges it by the own peer's configuration.
 */
export function addChannel(program: Command, terminal: Terminal): void {
  const channel = program
    .command('channel')
    .description({ zh: '通道配置的更改', en: "changes of the channel's configuration" });
  const pending = channel
    .command('pending')
    .description({
      zh: '在本网关等待签名的通道更改；给出指纹和 --output 的，取回一项',
      en: 'changes of the channel that wait for signatures here; with a fingerprint and --output, fetches one',
    })
    .argument({ zh: '[指纹]', en: '[fingerprint]' }, { zh: '只看这一项', en: 'this one only' })
    .option('-o, --output <file>', {
      zh: '保存到新文件，供 yici-network channel sign 查看、签名',
      en: 'a new file to keep it in, which yici-network channel sign shows and signs',
    });
  reads(pending, terminal, (caller, [fingerprint], { output }) =>
    pendingChanges(caller, fingerprint, typeof output === 'string' ? output : undefined),
  );
  exampleOf(pending, "yici channel pending '3f9a 41d0 …' -o change.json");
}

async function pendingChanges(
  { client, say }: Caller,
  fingerprint: string | undefined,
  output: string | undefined,
): Promise<Shown> {
  const all = await client.channelChanges();
  const id = fingerprint?.replaceAll(/\s/g, '').toLowerCase();
  // By the bytes, not by what the gateway says that they are.
  const items = all.filter(({ change }) => id === undefined || changeId(change) === id);
  const [first] = items;
  if (id !== undefined && first === undefined) throw noSuchChange();
  if (id === undefined && output !== undefined) throw unnamed();
  const lines: Text[] = items.flatMap((each) => [...renderFields(fieldsOf(each), say), '']);
  if (first === undefined)
    lines.push({ zh: '没有等待签名的更改。', en: 'No change waits for signatures.' });
  else if (output !== undefined) {
    await writeNew(output, Buffer.from(`${JSON.stringify(first.change, undefined, 2)}\n`, 'utf8'));
    lines.push({
      zh: `已保存到 ${output}。查看并签名：yici-network channel sign ${output}`,
      en: `Kept in ${output}. See what it does, and sign it: yici-network channel sign ${output}`,
    });
  }
  return { json: { items }, lines };
}

const noSuchChange = (): ClientError =>
  new ClientError('USAGE', {
    zh: '没有该指纹的更改在等待签名。',
    en: 'No change of that fingerprint waits for signatures.',
  });

const unnamed = (): ClientError =>
  new ClientError('USAGE', {
    zh: '保存一项更改，须给出其指纹。',
    en: 'Say the fingerprint of the change to keep.',
  });
