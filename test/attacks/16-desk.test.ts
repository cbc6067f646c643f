import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { filing, seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { startYici, yiciAs } from '../support/gateway/desk.js';

describe('attack 16: the desk of a department', function () {
  this.timeout(240_000);
  let world: World;
  let folder: string;

  before(async () => {
    world = await openWorld();
    folder = mkdtempSync(join(tmpdir(), 'yici-attack-desk-'));
    await seed(world.api);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('another department, the supervision office and a system of the own ask for a draft: there is none', async () => {
    const secret = '拟不同意，理由涉及某申请人';
    const body = { command: 'case.decide', title: '决定（草稿）', input: { document: secret } };
    const made = await world.api.post('establishment.clerk1', '/v1/drafts', body);
    expect(made.status, made.text).to.equal(201);
    const others = ['offices.head1', 'data.head1', 'supervision.supervisor1', 'supervision.head1'];
    const tokens = await Promise.all(others.map(async (user) => (await world.api.as(user)).token));
    for (const token of [...tokens, world.apiKeys['establishment.service1']!]) {
      for (const path of [`/v1/drafts/${made.id}`, `/v1/drafts/${made.id}?check=true`]) {
        const answer = await world.api.call('GET', path, { token });
        expect([answer.status, answer.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
        expect(answer.text).not.to.contain(secret);
      }
      const list = await world.api.call('GET', '/v1/drafts', { token });
      expect(list.list('items')).to.deep.equal([]);
      for (const act of ['change', 'discard']) {
        const path = `/v1/drafts/${made.id}/${act}`;
        const answer = await world.api.call('POST', path, { token, body: { version: 1 } });
        expect([answer.status, answer.at('code')], act).to.deep.equal([404, 'RECORD_NOT_FOUND']);
      }
    }
    for (const id of ['..%2f..%2fcustody', '__proto__', made.id.toUpperCase()]) {
      const answer = await world.api.get('establishment.clerk1', `/v1/drafts/${id}`);
      expect(answer.status, id).to.equal(404);
    }
    const drafts = join(world.directory, 'gateway', 'drafts');
    const files = readdirSync(drafts).map((name) => readFileSync(join(drafts, name), 'utf8'));
    expect(files).to.have.length(1);
    expect(files[0]).not.to.contain(secret).and.not.to.contain('establishment');
  });

  it('a batch of filings is killed again and again and run anew: each is filed once', async () => {
    const count = 16;
    const line = JSON.stringify({ command: 'case.submit', input: filing });
    const file = join(folder, 'filings.jsonl');
    writeFileSync(file, Array<string>(count).fill(line).join('\n'));
    const results = `${file}.results`;
    const steps = () =>
      existsSync(results) ? readFileSync(results, 'utf8').split('\n').length - 1 : 0;
    const killedAt: number[] = [];
    for (const more of [2, 7, 12]) {
      const target = steps() + more;
      const running = startYici(world, 'data.clerk1', 'batch', file);
      const ended = once(running, 'exit');
      while (steps() < target && running.exitCode === null) await pause(2);
      running.kill('SIGKILL');
      await ended;
      killedAt.push(steps());
    }
    expect(killedAt[2]).to.be.above(killedAt[0]!);
    const left = readFileSync(results, 'utf8')
      .split('\n')
      .filter((text) => text.includes('"done"'));
    expect(left.length, 'killed before its end').to.be.below(count);
    const last = await yiciAs(world, 'data.clerk1', 'batch', file, '--json');
    expect(last.exitCode, last.notes.join('\n') + last.out.join('\n')).to.equal(0);
    const filed = await world.api.get('data.clerk1', '/v1/cases?limit=200');
    expect(filed.list('items')).to.have.length(count);
    const again = await yiciAs(world, 'data.clerk1', 'batch', file, '--json');
    expect(again.exitCode).to.equal(0);
    rmSync(results);
    const forgotten = await yiciAs(world, 'data.clerk1', 'batch', file, '--json');
    expect(forgotten.exitCode, 'the gateway still knows the keys').to.equal(0);
    const still = await world.api.get('data.clerk1', '/v1/cases?limit=200');
    expect(still.list('items')).to.have.length(count);
  });
});
