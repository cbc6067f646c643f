/**
 * Writes to a lab's ledger without end and says on standard output what was acknowledged, a line for each:
 * `ack <kind> <transaction id> <block> <key>`. The parent kills it. Usage: node crash-child.js <folder> <round>
 */
import { writeSync } from 'node:fs';
import { define, makeLab, privateWrite, put, write, collection } from './lab.js';

const [directory, round] = process.argv.slice(2);
const lab = await makeLab(directory);
const ledger = await lab.open({ segmentBytes: 256 * 1024 });
if (ledger.height === 1n) await ledger.order(define(lab, [collection('secrets')]));

/** One of eight that write one after the other, so that blocks of every size come about. */
async function writer(name: number): Promise<void> {
  for (let i = 0; ; i++) {
    const key = `${round}/${name}/${i}`;
    const value = `${key} `.repeat(1 + ((i * 7) % 40));
    const secret = i % 3 === 0;
    if (secret) {
      const made = privateWrite(lab, 'secrets', [put(key, value)]);
      await ledger.stagePrivate(made.txId, made.clear);
      report('secret', await ledger.order(made.envelope), key);
    } else {
      const made = write(lab, [put(key, value), put(`last/${name}`, key)]);
      report('public', await ledger.order(made.envelope), key);
    }
  }
}

function report(
  kind: string,
  result: { txId: string; block: bigint; code: number },
  key: string,
): void {
  writeSync(1, `ack ${kind} ${result.txId} ${result.block} ${result.code} ${key}\n`);
}

writeSync(1, 'ready\n');
await Promise.all(Array.from({ length: 8 }, (_, name) => writer(name)));
