import type { CommittedTransaction, Transaction } from '@yici/api';
import { z } from 'zod';
import {
  exampleOf,
  renderFields,
  type Say,
  type Field,
  type SpokenCommand as Command,
} from '@yici/terminal';
import { blockColumns } from '../../present/rows.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addReceipts } from './receipts.js';
import { lists, reads } from './read.js';

export function addLedgerReads(program: Command, terminal: Terminal): void {
  lists(program.command('blocks'), terminal, {
    read: 'blocks.list',
    columns: blockColumns,
    description: { zh: '区块', en: 'blocks, newest first' },
    example: 'yici blocks --limit 10',
  });
  const transactions = program.command('tx').description({ zh: '交易', en: 'transactions' });
  addTransaction(transactions, terminal);
  addReceipts(transactions, terminal);
}

function addTransaction(group: Command, terminal: Terminal): void {
  const shown = group
    .command(terminal.say({ zh: 'show <交易编号>', en: 'show <txId>' }))
    .description({
      zh: '交易详情',
      en: 'one transaction, by its Fabric id or the id the gateway gave it',
    });
  reads(shown, terminal, async ({ client, say }, [id = '']) => {
    const tx = await client.read('transactions.get', { id });
    return {
      json: tx,
      lines: [
        { zh: `交易 ${tx.txId}`, en: `transaction ${tx.txId}` },
        ...renderFields('command' in tx ? ownFields(tx, say) : committedFields(tx, say), say),
      ],
    };
  });
  exampleOf(shown, 'yici tx show 3f0c…');
}

const signer = z.object({ user: z.string(), mspId: z.string() });
type Signer = z.output<typeof signer>;
const signerText = ({ user, mspId }: Signer, say: Say): string => say.aside(user, mspId);
const verdictText = ({ number, name }: CommittedTransaction['code']): string => `${number} ${name}`;

/** One on its way through this gateway. */
function ownFields({ id, state, block, code, command, summary }: Transaction, say: Say): Field[] {
  return [
    [{ zh: '网关编号', en: 'gateway id' }, id],
    [{ zh: '状态', en: 'state' }, state],
    [{ zh: '区块', en: 'block' }, block],
    [{ zh: '结论', en: 'verdict' }, code && verdictText(code)],
    [{ zh: '操作', en: 'function' }, command],
    [{ zh: '签名', en: 'signed by' }, signerText(signer.parse(summary), say)],
  ];
}

function committedFields(tx: CommittedTransaction, say: Say): Field[] {
  return [
    [{ zh: '区块', en: 'block' }, `${tx.block}-${tx.index}`],
    [{ zh: '结论', en: 'verdict' }, verdictText(tx.code)],
    [{ zh: '类型', en: 'type' }, tx.type],
    [{ zh: '操作', en: 'function' }, tx.function],
    [{ zh: '签名', en: 'signed by' }, tx.creator && signerText(tx.creator, say)],
    [{ zh: '时间', en: 'at' }, tx.at && localTime(tx.at)],
  ];
}
