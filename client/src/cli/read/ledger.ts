import type { CommittedTransaction, Transaction } from '@yici/api';
import type { Command } from 'commander';
import { z } from 'zod';
import { blockColumns } from '../../present/rows.js';
import { localTime } from '../../present/words.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addReceipts } from './receipts.js';
import { lists, reads } from './read.js';

export function addLedgerReads(program: Command, terminal: Terminal): void {
  lists(program.command('blocks'), terminal, {
    read: 'blocks.list',
    columns: blockColumns,
    description: '区块 blocks, newest first',
    example: 'yici blocks --limit 10',
  });
  const transactions = program.command('tx').description('交易 transactions');
  addTransaction(transactions, terminal);
  addReceipts(transactions, terminal);
}

function addTransaction(group: Command, terminal: Terminal): void {
  const shown = group
    .command('show <txId>')
    .description('交易详情 one transaction, by its Fabric id or the id the gateway gave it');
  reads(shown, terminal, async ({ client }, [id = '']) => {
    const tx = await client.read('transactions.get', { id });
    return {
      json: tx,
      lines: [
        `交易 transaction ${tx.txId}`,
        ...renderFields('command' in tx ? ownFields(tx) : committedFields(tx)),
      ],
    };
  }).addHelpText('after', '\n示例 example:\n  $ yici tx show 3f0c…');
}

type Fields = Parameters<typeof renderFields>[0];
const signer = z.object({ user: z.string(), mspId: z.string() });
type Signer = z.output<typeof signer>;
const signerText = ({ user, mspId }: Signer): string => `${user}（${mspId}）`;
const verdictText = ({ number, name }: CommittedTransaction['code']): string => `${number} ${name}`;

/** One on its way through this gateway. */
function ownFields({ id, state, block, code, command, summary }: Transaction): Fields {
  return [
    ['网关编号 gateway id', id],
    ['状态 state', state],
    ['区块 block', block],
    ['结论 verdict', code && verdictText(code)],
    ['操作 function', command],
    ['签名 signed by', signerText(signer.parse(summary))],
  ];
}

function committedFields(tx: CommittedTransaction): Fields {
  return [
    ['区块 block', `${tx.block} #${tx.index}`],
    ['结论 verdict', verdictText(tx.code)],
    ['类型 type', tx.type],
    ['操作 function', tx.function],
    ['签名 signed by', tx.creator && signerText(tx.creator)],
    ['时间 at', tx.at && localTime(tx.at)],
  ];
}
