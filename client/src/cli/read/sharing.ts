import { exampleOf, type SpokenCommand as Command } from '@yici/terminal';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { checkShareChain } from '../../chain/chain.js';
import { refusalCode } from '../../contract-refusal.js';
import { comparedValues } from '../../documents/compared-values.js';
import {
  challengeColumns,
  disputeColumns,
  presentShare,
  presentValues,
  receiptColumns,
  shareClockColumns,
  shareColumns,
  unmatchedColumns,
} from '../../present/sharing.js';
import type { Terminal } from '../../terminal/terminal.js';
import { namesOfVersion } from '../names-of-dataset.js';
import { checkedChain, lists, reads, names } from './read.js';

const example = 'share-0001';

export function addSharingReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'shares.list',
    columns: shareColumns,
    description: {
      zh: '共享列表',
      en: 'shares that this department is a party of (the lead authority sees all)',
    },
    example: 'yici sharing list --state FILED',
  });
  lists(group.command('clocks'), terminal, {
    read: 'shareClocks.list',
    columns: shareClockColumns,
    description: { zh: '数据共享的期限', en: 'running clocks of data sharing, soonest due first' },
    example: 'yici sharing clocks',
  });
  lists(group.command('unmatched'), terminal, {
    read: 'unmatchedShares.list',
    columns: unmatchedColumns,
    description: { zh: '未闭环的共享', en: 'shares whose halves do not match' },
    example: 'yici sharing unmatched',
  });
  addShow(group, terminal);
  addVerify(group, terminal);
  addParts(group, terminal);
  addValues(group, terminal);
}

function addParts(group: Command, terminal: Terminal): void {
  lists(group.command('receipts'), terminal, {
    read: 'shares.receipts',
    columns: receiptColumns,
    description: { zh: '使用记录', en: 'recorded uses of a share' },
    example: `yici sharing receipts ${example}`,
  });
  lists(group.command('challenges'), terminal, {
    read: 'challenges.list',
    argument: 'shareId',
    columns: challengeColumns,
    knowing: async (client, [shareId]) =>
      shareId === undefined
        ? {}
        : namesOfVersion(client, await client.read('shares.get', { shareId })),
    description: {
      zh: '校核申请及答复，可以只列一个共享的',
      en: 'challenges of shared data, with their answers; of one share where it is named',
    },
    example: `yici sharing challenges ${example}`,
  });
  lists(group.command('disputes'), terminal, {
    read: 'disputes.list',
    argument: 'shareId',
    columns: disputeColumns,
    description: {
      zh: '共享争议及各阶段，可以只列一个共享的',
      en: 'disputes about shares, with their stages; of one share where it is named',
    },
    example: `yici sharing disputes ${example}`,
  });
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = names(group.command('show'), 'shares.get').description({
    zh: '共享详情、使用要求与办理记录',
    en: 'one share with its grant and events',
  });
  reads(shown, terminal, async ({ client, say }, [id = '']) => {
    const { record, events } = await readChain(client, id);
    const grant = await grantOf(client, id);
    const named = say.knowing(await namesOfVersion(client, record));
    const acts = {
      zh: `可以办理的操作：yici sharing acts ${id}`,
      en: `what can be done: yici sharing acts ${id}`,
    };
    return {
      json: { ...record, grant, events },
      lines: [...presentShare(record, { grant, events }, named), acts],
    };
  });
  exampleOf(shown, `yici sharing show ${example}`);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = names(group.command('verify'), 'shares.get').description({
    zh: '复算共享的办理记录',
    en: 'recompute the chain of a share; exit code 1 if it does not hold',
  });
  reads(verify, terminal, async ({ client }, [id = '']) => {
    const { record, events } = await readChain(client, id);
    return checkedChain({ shareId: id }, checkShareChain(record, events));
  });
  exampleOf(verify, `yici sharing verify ${example}`);
}

function addValues(group: Command, terminal: Terminal): void {
  const values = names(group.command('values'), 'shares.get').description({
    zh: '从本部门节点读取数值并与校验值核对',
    en: 'read the values from this department’s own peer and compare them with the digests',
  });
  reads(values, terminal, async ({ client, say }, [id = '']) => {
    const held = await client.shareValues(id);
    const grant = await client.read('shares.grant', { shareId: id });
    const rows = comparedValues(held, grant);
    const record = await client.read('shares.get', { shareId: id });
    const named = say.knowing(await namesOfVersion(client, record));
    const holds = rows.every(({ match }) => match);
    return {
      json: { shareId: id, values: rows },
      lines: presentValues(rows, named),
      ...(!holds && {
        failed: { zh: '有数值与校验值不一致。', en: 'A value is not that of its digest.' },
      }),
    };
  });
  exampleOf(values, `yici sharing values ${example}`);
}

async function readChain(client: YiciClient, shareId: string) {
  const record = await client.read('shares.get', { shareId });
  const events = await collected(client.list('shares.events', { shareId, limit: 200 }));
  return { record, events };
}

async function grantOf(client: YiciClient, id: string) {
  try {
    return await client.read('shares.grant', { shareId: id });
  } catch (error) {
    if (refusalCode(error) === 'RECORD_NOT_FOUND') return undefined;
    throw error;
  }
}
