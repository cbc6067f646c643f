import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runYici } from '../terminal.js';
import { until, type TimedStand } from './stand.js';

/** The audit journal of one department's gateway and its anchor, as another's shows it. Registers the tests. */
export function tellsJournal(stand: () => TimedStand): void {
  it('is anchored by its gateway, and holds to what another department’s gateway shows of that', async () => {
    const office = 'supervision.supervisor1';
    const door = stand().at('data');
    await door.get(office, '/v1/cases');
    const [gateway, other] = stand().schedulers;
    await gateway.anchoring.tick();
    await until('the others have it', () => other.height() >= gateway.height());
    const folder = mkdtempSync(join(tmpdir(), 'yici-journal-'));
    const journal = async (url: string, ...args: string[]) => {
      const options = ['--json', '--identity', stand().identityFolder(office), '--gateway', url];
      const run = await runYici(['audit', 'journal', ...args, ...options], { YICI_HOME: folder });
      expect(run.exitCode, run.out.join()).to.equal(0);
      return JSON.parse(run.out[0] ?? '{}') as { readonly journal: string };
    };
    const kept = join(folder, 'journal.jsonl');
    await journal(door.urlOf(office), '--out', kept);
    const found = await journal(stand().at('offices').urlOf(office), kept);
    expect(found).to.include({ journal: 'data/data.gateway', holds: true });
    rmSync(folder, { recursive: true, force: true });
  });
}
