import type { CaseEventRecord } from '@yici/domain/model';
import type { YiciClient } from '@yici/client';
import { checkCaseChain } from '@yici/client/testing';
import { nameOf, type Journal } from './journal.js';
import type { FiledTransaction, LedgerFiles } from './ledger-files.js';

/** At most so many requests at a time. */
const width = 8;

export async function inParallel<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Every promise was kept: what was acknowledged stands in the block that was named, valid. */
export function checkPromises(journal: Journal, ledger: LedgerFiles): void {
  for (const operation of journal.acknowledged) {
    const { txId, block } = operation.acknowledged;
    const filed = ledger.valid(txId);
    if (filed === undefined) {
      journal.violation(`${nameOf(operation)}: ${txId} was acknowledged and is not on the ledger`);
    } else if (filed.block !== block) {
      journal.violation(
        `${nameOf(operation)}: ${txId} was acknowledged in block ${block} and is in block ${filed.block}`,
      );
    }
  }
}

/** No operation happened twice under two transaction ids: every valid write of the load is some operation's. */
export function checkOnce(journal: Journal, ledger: LedgerFiles, from: number): void {
  const known = new Set(journal.acknowledged.map(({ acknowledged }) => acknowledged.txId));
  for (const { txId, block, code, event } of ledger.transactions) {
    if (code !== 0 || block < from || event?.caseNo === undefined) continue;
    if (!known.has(txId))
      journal.violation(`${event.name} ${txId} is on the ledger, asked for by nobody`);
  }
}

/** The index has the ledger's blocks from `from` on, transaction by transaction. */
export async function checkIndex(
  client: YiciClient,
  journal: Journal,
  ledger: LedgerFiles,
  from: number,
): Promise<void> {
  const known = ledger.height;
  const { height } = await client.read('network.get', {});
  // The gateway's clock writes beacons of its own accord: a block may have come since the files were read.
  if (height > known) await ledger.catchUp();
  if (height < known || height > ledger.height) {
    journal.violation(`the index has ${height} blocks, the ledger ${ledger.height}`);
  }
  const numbers = ledger.hashes
    .slice(0, known)
    .map((_, number) => number)
    .slice(from);
  const byBlock = grouped(ledger.transactions, ({ block }) => block);
  await inParallel(numbers, async (number) => {
    const { hash, items } = await client.read('blocks.get', { number });
    if (hash !== ledger.hashes[number])
      journal.violation(`block ${number} is another in the index`);
    const indexed = items.map(({ txId, index, code }) => `${index} ${txId} ${code.number}`);
    const filed = byBlock.get(number) ?? [];
    const expected = filed.map(({ stated, index, code }) => `${index} ${stated} ${code}`);
    if (indexed.join() !== expected.join()) {
      journal.violation(
        `block ${number} in the index: ${indexed.join()}, on the ledger: ${expected.join()}`,
      );
    }
  });
}

/** The list of cases has each case that was filed once, and no other. */
export async function checkCaseList(
  client: YiciClient,
  journal: Journal,
  ledger: LedgerFiles,
): Promise<void> {
  const listed: string[] = [];
  for await (const { caseNo } of client.list('cases.list', { limit: 200, sort: 'caseNo' })) {
    listed.push(caseNo);
  }
  const filed = ledger.transactions.flatMap(({ code, event }) =>
    code === 0 && event?.name === 'case.submit' ? [event.caseNo ?? ''] : [],
  );
  // The list is in the order of the numbers, texts are not: what counts is that both have the same.
  if (listed.sort().join() !== filed.sort().join()) {
    journal.violation(`the list has ${listed.length} cases, the ledger ${filed.length}`);
  }
}

/** The chains of these cases hold, and their events are the ledger's transactions in their order. */
export async function checkChains(
  client: YiciClient,
  journal: Journal,
  ledger: LedgerFiles,
  caseNos: readonly string[],
): Promise<void> {
  const byCase = grouped(
    ledger.transactions.filter(({ code, event }) => code === 0 && isCaseAct(event)),
    ({ event }) => event?.caseNo ?? '',
  );
  await inParallel(caseNos, async (caseNo) => {
    const record = await client.read('cases.get', { caseNo });
    const events: CaseEventRecord[] = [];
    for await (const event of client.list('cases.events', { caseNo, limit: 200 })) {
      events.push(event);
    }
    for (const { code, seq, detail } of checkCaseChain(record, events).findings) {
      journal.violation(`case ${caseNo} event ${seq}: ${code} ${detail}`);
    }
    const ids = events.map(({ txId }) => txId);
    const filed = (byCase.get(caseNo) ?? []).map(({ txId }) => txId);
    if (ids.join() !== filed.join()) {
      journal.violation(`case ${caseNo} has ${ids.length} events, the ledger ${filed.length}`);
    }
  });
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function isCaseAct(event: FiledTransaction['event']): boolean {
  return event?.name.startsWith('case.') === true;
}

/** Transactions by their id, as anybody may read them. */
export async function checkTransactions(
  client: YiciClient,
  journal: Journal,
  operations: Journal['acknowledged'],
): Promise<void> {
  await inParallel(operations, async (operation) => {
    const { txId, block } = operation.acknowledged;
    const row = await client.read('transactions.get', { id: txId });
    if (row.block !== block || row.code?.number !== 0) {
      journal.violation(`${nameOf(operation)}: GET /v1/transactions/${txId} says otherwise`);
    }
  });
}
