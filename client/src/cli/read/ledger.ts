import type { Command } from 'commander';
import { anyTransactionSchema, blockColumns, blockRowSchema } from '../../present/rows.js';
import { localTime } from '../../present/words.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addReceipts } from './receipts.js';
import { listOf, reads, withListOptions } from './read.js';

export function addLedgerReads(program: Command, terminal: Terminal): void {
  const blocks = withListOptions(program.command('blocks')).description(
    '区块 blocks, newest first',
  );
  reads(blocks, terminal, ({ client }, _args, values) =>
    listOf(client, blockRowSchema, blockColumns, { path: '/v1/blocks', values }),
  ).addHelpText('after', '\n示例 example:\n  $ yici blocks --limit 10');
  const transactions = program.command('tx').description('交易 transactions');
  addTransaction(transactions, terminal);
  addReceipts(transactions, terminal);
}

function addTransaction(group: Command, terminal: Terminal): void {
  const shown = group
    .command('show')
    .argument('<txId>')
    .description('交易详情 one transaction, by its Fabric id or the id the gateway gave it');
  reads(shown, terminal, async ({ client }, [id = '']) => {
    const tx = await client.get(anyTransactionSchema, `/v1/transactions/${encodeURIComponent(id)}`);
    const creator = tx.creator ?? tx.summary;
    return {
      json: tx,
      lines: [
        `交易 transaction ${tx.txId}`,
        ...renderFields([
          ['网关编号 gateway id', tx.id],
          ['状态 state', tx.state],
          [
            '区块 block',
            tx.block === undefined
              ? undefined
              : `${tx.block}${tx.index === undefined ? '' : ` #${tx.index}`}`,
          ],
          ['结论 verdict', tx.code && `${tx.code.number} ${tx.code.name}`],
          ['类型 type', tx.type],
          ['操作 function', tx.function ?? tx.command],
          ['签名 signed by', creator && `${creator.user}（${creator.mspId}）`],
          ['时间 at', tx.at && localTime(tx.at)],
        ]),
      ],
    };
  }).addHelpText('after', '\n示例 example:\n  $ yici tx show 3f0c…');
}
