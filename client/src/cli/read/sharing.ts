import {
  challengeRecord,
  disputeRecord,
  shareEventRecord,
  shareGrantRecord,
  shareRecord,
  useRecord,
} from '@yici/chaincode/model';
import type { Command } from 'commander';
import type { YiciClient } from '../../api/client.js';
import { checkShareChain } from '../../chain/share-chain.js';
import { refusalCode } from '../../contract-refusal.js';
import { unseals } from '../../documents/digest.js';
import {
  challengeColumns,
  comparedValues,
  disputeColumns,
  presentShare,
  presentValues,
  receiptColumns,
  shareClockColumns,
  shareClockRow,
  shareColumns,
  unmatchedColumns,
  unmatchedRow,
} from '../../present/sharing.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, listOf, parsed, reads, textOption, withListOptions } from './read.js';

const filters = ['state', 'datasetId', 'provider', 'requester'] as const;
const example = 'share-0001';

export function addSharingReads(group: Command, terminal: Terminal): void {
  addLists(group, terminal);
  addShow(group, terminal);
  addVerify(group, terminal);
  addReceipts(group, terminal);
  addDisagreements(group, terminal);
  addValues(group, terminal);
}

function addLists(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('共享列表 shares that this department is a party of (the lead authority sees all)')
    .option('--state <state>', '状态 e.g. FILED')
    .option('--dataset-id <id>', '数据集')
    .option('--provider <id>', '提供部门')
    .option('--requester <id>', '需求部门');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(filters.map((name) => [name, textOption(values, name)]));
    return listOf(client, shareRecord, shareColumns, { path: '/v1/shares', query, values });
  });
  exampleOf(list, 'yici sharing list --state FILED');
  const clocks = withListOptions(group.command('clocks')).description(
    '数据共享的期限 running clocks of data sharing, soonest due first',
  );
  reads(clocks, terminal, ({ client }, _args, values) =>
    listOf(client, shareClockRow, shareClockColumns, { path: '/v1/share-clocks', values }),
  );
  exampleOf(clocks, 'yici sharing clocks');
  const unmatched = withListOptions(group.command('unmatched')).description(
    '未闭环的共享 shares whose halves do not match',
  );
  reads(unmatched, terminal, ({ client }, _args, values) =>
    listOf(client, unmatchedRow, unmatchedColumns, { path: '/v1/unmatched-shares', values }),
  );
  exampleOf(unmatched, 'yici sharing unmatched');
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = group
    .command('show')
    .argument('<shareId>')
    .description('共享详情、授权与事件链 one share with its grant and events');
  reads(shown, terminal, async ({ client }, [id = '']) => {
    const { record, events } = await readChain(client, id);
    const grant = await grantOf(client, id);
    return { json: { ...record, grant, events }, lines: presentShare(record, grant, events) };
  });
  exampleOf(shown, `yici sharing show ${example}`);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify')
    .argument('<shareId>')
    .description(
      '复算共享的事件链 recompute the chain of a share; exit code 1 if it does not hold',
    );
  reads(verify, terminal, async ({ client }, [id = '']) => {
    const { record, events } = await readChain(client, id);
    const check = checkShareChain(record, events);
    const holds = check.findings.length === 0;
    return {
      json: { shareId: id, ...check },
      lines: [
        `${holds ? '✓ 事件链成立 the chain holds' : '✗ 事件链不成立 the chain does NOT hold'}: ${check.events} 个事件 events, 链头 head ${check.head}`,
        ...check.findings.map(({ code, seq, detail }) => `  ${code} seq ${seq}: ${detail}`),
      ],
      ...(!holds && { failed: 'The chain does not hold.' }),
    };
  });
  exampleOf(verify, `yici sharing verify ${example}`);
}

function addReceipts(group: Command, terminal: Terminal): void {
  const receipts = withListOptions(group.command('receipts').argument('<shareId>')).description(
    '使用记录 recorded uses of a share',
  );
  reads(receipts, terminal, ({ client }, [id = ''], values) =>
    listOf(client, useRecord, receiptColumns, { path: `${pathOf(id)}/receipts`, values }),
  );
  exampleOf(receipts, `yici sharing receipts ${example}`);
}

function addDisagreements(group: Command, terminal: Terminal): void {
  const challenges = withListOptions(group.command('challenges').argument('<shareId>')).description(
    '校核申请及答复 challenges of the data of a share, with their answers',
  );
  reads(challenges, terminal, ({ client }, [id = ''], values) =>
    listOf(client, challengeRecord, challengeColumns, { path: `${pathOf(id)}/challenges`, values }),
  );
  exampleOf(challenges, `yici sharing challenges ${example}`);
  const disputes = withListOptions(group.command('disputes').argument('<shareId>')).description(
    '共享争议及各阶段 disputes about a share, with their stages',
  );
  reads(disputes, terminal, ({ client }, [id = ''], values) =>
    listOf(client, disputeRecord, disputeColumns, { path: `${pathOf(id)}/disputes`, values }),
  );
  exampleOf(disputes, `yici sharing disputes ${example}`);
}

function addValues(group: Command, terminal: Terminal): void {
  const values = group
    .command('values')
    .argument('<shareId>')
    .description(
      '从本部门节点读取数值并与摘要核对 read the values from this department’s own peer and compare them with the digests',
    );
  reads(values, terminal, async ({ client }, [id = '']) => {
    const held = await client.shareValues(id);
    const grant = await client.get(shareGrantRecord, `${pathOf(id)}/grant`);
    const rows = comparedValues(held, grant, unseals);
    const holds = rows.every(({ match }) => match);
    return {
      json: { shareId: id, values: rows },
      lines: presentValues(rows),
      ...(!holds && { failed: 'A value is not that of its digest.' }),
    };
  });
  exampleOf(values, `yici sharing values ${example}`);
}

async function readChain(client: YiciClient, id: string) {
  const path = pathOf(id);
  const record = await client.get(shareRecord, path);
  const events = [];
  for await (const item of client.list(`${path}/events`, { limit: 200 })) {
    events.push(parsed(shareEventRecord, item, path));
  }
  return { record, events };
}

async function grantOf(client: YiciClient, id: string) {
  try {
    return await client.get(shareGrantRecord, `${pathOf(id)}/grant`);
  } catch (error) {
    if (refusalCode(error) === 'RECORD_NOT_FOUND') return undefined;
    throw error;
  }
}

function pathOf(id: string): string {
  return `/v1/shares/${encodeURIComponent(id)}`;
}
