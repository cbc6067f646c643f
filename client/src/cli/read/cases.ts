import type { CaseMaterial } from '@yici/api';
import { exampleOf, type SpokenCommand as Command } from '@yici/terminal';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { checkCaseChain } from '../../chain/chain.js';
import { presentCase } from '../../present/case.js';
import { presentMaterials, type MaterialRow } from '../../present/materials.js';
import { caseRowColumns } from '../../present/rows.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller } from '../caller.js';
import { firstReader, searchDocuments, type Search } from '../documents/case-documents.js';
import { namesOf } from '../names-of-case.js';
import { addCaseExport } from './case-export.js';
import { checkedChain, lists, reads, names } from './read.js';

export function addCaseReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'cases.list',
    columns: caseRowColumns,
    description: {
      zh: '办件列表',
      en: 'cases that this department takes part in (a supervisor sees all)',
    },
    example: 'yici case list --state IN_REVIEW',
  });
  const shown = names(group.command('show'), 'cases.get').description({
    zh: '办件详情与办理记录',
    en: 'one case with its events',
  });
  reads(shown, terminal, async ({ client, say }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    const named = say.knowing(await namesOf(client, record));
    const acts = {
      zh: `可以办理的操作：yici case acts ${caseNo}`,
      en: `what can be done: yici case acts ${caseNo}`,
    };
    return { json: { ...record, events }, lines: [...presentCase(record, named, events), acts] };
  });
  exampleOf(shown, 'yici case show YC33110000000007-20260302-0001');
  addMaterials(group, terminal);
  addVerify(group, terminal);
  addCaseExport(group, terminal);
}

/** What the deciding department opens; a document that lies at another department's gateway is looked for there. */
function addMaterials(group: Command, terminal: Terminal): void {
  const materials = names(group.command('materials'), 'cases.get').description({
    zh: '申请材料：存放处、本部门是否查阅过',
    en: 'its materials, where they lie, and who opened them',
  });
  reads(materials, terminal, async (caller, [caseNo = '']) => {
    const { items } = await caller.client.read('cases.materials', { caseNo });
    const search = searchDocuments(caller);
    try {
      const rows: MaterialRow[] = [];
      for (const item of items) {
        rows.push(await lyingAt(caller, search, item));
      }
      const { unasked } = search;
      return {
        json: { caseNo, items: rows, unasked },
        lines: presentMaterials(caseNo, rows, { unasked, say: caller.say }),
      };
    } finally {
      await search.close();
    }
  });
  exampleOf(materials, 'yici case materials YC33110000000007-20260302-0001');
}

async function lyingAt(caller: Caller, search: Search, item: CaseMaterial): Promise<MaterialRow> {
  const found = item.digest === undefined ? undefined : await search.find(item.digest);
  if (found === undefined) return item;
  const { document, client } = found;
  return { ...item, document, gateway: client.gateway, opened: await firstReader(found, caller) };
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = names(group.command('verify'), 'cases.get').description({
    zh: '复算办件的办理记录',
    en: 'recompute the chain of a case from its events; exit code 1 when it does not hold',
  });
  reads(verify, terminal, async ({ client }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    return checkedChain({ caseNo }, checkCaseChain(record, events));
  });
  exampleOf(verify, 'yici case verify YC33110000000007-20260302-0001');
}

async function readChain(client: YiciClient, caseNo: string) {
  const record = await client.read('cases.get', { caseNo });
  const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
  return { record, events };
}
