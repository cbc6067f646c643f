import { secondsOf } from '@yici/domain/model';
import { ClockWatch, type TimedAct } from '@yici/ledger';
import { readJson } from '../store/json-values.js';
import { indexKeys } from './keys.js';
import { transactionRowSchema, type TransactionRow } from './model.js';
import { validCode } from './validation-codes.js';

type Place = Pick<TransactionRow, 'block' | 'index'>;

interface Batch {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/**
 * Flags acts with outlying times, in this block before it is written and in the blocks just before it: a leading time
 * is recognised only by later acts.
 */
export function flagClocks(batch: Batch, rows: TransactionRow[], chaincode: string): void {
  const stored = batch.get(indexKeys.times);
  const recent = stored === undefined ? [] : (JSON.parse(stored) as TimedAct<Place>[]);
  const watch = new ClockWatch<Place>(recent);
  for (const { block, index, at, code, ...row } of [...rows]) {
    if (at === null || code.number !== validCode || row.chaincode !== chaincode) continue;
    const remarks = watch.add({ act: { block, index }, seconds: secondsOf(at) });
    for (const { act, how, seconds } of remarks) flag(batch, rows, act, { how, seconds });
  }
  batch.set(indexKeys.times, JSON.stringify(watch.recent));
}

function flag(
  batch: Batch,
  rows: TransactionRow[],
  { block, index }: Place,
  clock: NonNullable<TransactionRow['clock']>,
): void {
  const own = rows.findIndex((row) => row.block === block && row.index === index);
  const row = rows[own];
  if (row !== undefined) {
    rows[own] = { ...row, clock };
    return;
  }
  const key = indexKeys.position(block, index);
  const stored = readJson(batch, key, transactionRowSchema);
  if (stored !== undefined) batch.set(key, JSON.stringify({ ...stored, clock }));
}
