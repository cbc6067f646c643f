import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { runYici } from '../../support/terminal.js';
import { digestOf, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('SM2 signatures beside Fabric’s own, with yici', function () {
  this.timeout(120_000);
  let world: World;
  let folder: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    folder = mkdtempSync(join(tmpdir(), 'yici-sm2-'));
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const yici = async (user: string, ...args: string[]) => {
    const identity = join(world.directory, 'state', 'identities', user);
    const options = ['--json', '--identity', identity, '--gateway', world.url];
    const run = await runYici([...args, ...options], { YICI_HOME: folder });
    return { ...run, json: JSON.parse(run.out[0] ?? '{}') as Record<string, unknown> };
  };

  it('are made, registered, verified on the ledger and refused once the key is revoked', async () => {
    const file = join(folder, 'clerk1.sm2.json');
    const made = await yici('data.clerk1', 'app-key', 'new', '--user', 'data.clerk1', '-o', file);
    expect(made.exitCode, made.notes.join()).to.equal(0);
    const keyId = String(made.json['keyId']);
    const registered = await yici('data.head1', 'app-key', 'register', '--key', file);
    expect(registered.exitCode, registered.notes.join()).to.equal(0);

    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
    const { digest } = digestOf('form');
    const filing = (number: string) => [
      ...['case', 'submit', taskCode, '--form', `sha256:${digest}`],
      ...['--material', `application=sha256:${digest}`, '--sm2-key', file],
      ...(number === '' ? [] : ['--case-no', `${taskCode}-${day}-${number}`]),
    ];
    expect((await yici('data.clerk1', ...filing(''))).exitCode, 'needs its number').to.equal(2);
    const filed = await yici('data.clerk1', ...filing('0901'));
    expect(filed.exitCode, filed.notes.join()).to.equal(0);
    const tx = await world.api.get(
      'offices.clerk1',
      `/v1/transactions/${String(filed.json['txId'])}`,
    );
    expect(tx.at('event.payload.appSignature')).to.deep.equal({ alg: 'sm2-sm3', keyId });

    const foreign = await yici('data.head1', ...filing('0902'));
    expect(foreign.notes.join()).to.include('APP_KEY_UNKNOWN');
    const revoked = await yici('data.head1', 'app-key', 'revoke', keyId, '--reason-code', 'lost');
    expect(revoked.exitCode, revoked.notes.join()).to.equal(0);
    const late = await yici('data.clerk1', ...filing('0903'));
    expect(late.notes.join()).to.include('APP_KEY_REVOKED');
    const list = await yici('offices.clerk1', 'app-key', 'list', '--department', 'data');
    const items = z
      .array(z.looseObject({ revocation: z.looseObject({}) }))
      .parse(list.json['items']);
    expect(items).to.have.length(1);
  });
});
