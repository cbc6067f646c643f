import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataFolder } from '@yici/network';
import { departmentPaths, readBlockFiles } from '@yici/network/testing';
import { expect } from 'chai';
import { yiciNetworkHere } from '../topology/support.js';
import type { Answer } from './support/api.js';
import { fileCase, filing, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('custodial accounts and Idempotency-Key', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });

  after(() => world.close());

  const as = (
    account: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    world.api.call('POST', path, { body, token: world.apiKeys[account]!, headers });

  it('makes a command one call that answers with the committed record', async () => {
    const done = await as('data.service1', '/v1/cases', filing);
    expect([done.status, done.at('state')]).to.deep.equal([200, 'committed']);
    expect(done.at('result.submittedBy')).to.deep.equal({
      department: 'data',
      role: 'service',
      user: 'data.service1',
    });
    expect(done.at('sign')).to.equal(undefined);
    const session = await world.api.call('GET', '/v1/sessions/current', {
      token: world.apiKeys['data.service1']!,
    });
    expect([session.at('custodial'), session.at('user')]).to.deep.equal([true, 'data.service1']);
  });

  it('keeps keys sealed and API keys hashed, readable by the owner only', () => {
    const custody = join(world.directory, 'gateway', 'custody');
    const accounts = join(custody, 'accounts');
    for (const name of readdirSync(accounts)) {
      const text = readFileSync(join(accounts, name), 'utf8');
      expect(text).to.not.contain('PRIVATE KEY');
      // Sealed text may have any short run of letters by chance.
      for (const key of Object.values(world.apiKeys)) expect(text).to.not.contain(key);
      expect(statSync(join(accounts, name)).mode & 0o777).to.equal(0o600);
    }
    expect(statSync(`${custody}.key`).mode & 0o777).to.equal(0o600);
    expect(statSync(join(custody, 'api-keys.json')).mode & 0o777).to.equal(0o600);
  });

  it('refuses an API key that no account has', async () => {
    const answer = await world.api.call('POST', '/v1/cases', {
      body: filing,
      token: `yk_${'A'.repeat(43)}`,
    });
    expect([answer.status, answer.at('code')]).to.deep.equal([401, 'UNAUTHENTICATED']);
  });

  it('answers a contract’s refusal with its code and details', async () => {
    const refused = await as('data.service1', '/v1/cases', { ...filing, materials: [] });
    expect([refused.status, refused.at('code'), refused.at('source')]).to.deep.equal([
      422,
      'MATERIAL_MISSING',
      'contract',
    ]);
  });

  it('answers any repeat of an Idempotency-Key with the first outcome', async () => {
    const headers = { 'idempotency-key': 'case-of-today' };
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(() => as('data.service1', '/v1/cases', filing, headers)),
    );
    const later = await as('data.service1', '/v1/cases', filing, headers);
    for (const answer of [two!, three!, later]) {
      expect(answer.at('txId')).to.equal(one!.at('txId'));
      expect(answer.at('result.caseNo')).to.equal(one!.at('result.caseNo'));
      expect(answer.at('state')).to.equal('committed');
    }
    expect(later.headers.get('idempotency-replayed')).to.equal('true');
  });

  it('takes fields in another order for the same request, and another body for a misuse', async () => {
    const headers = { 'idempotency-key': 'order-of-fields' };
    const first = await as('data.service1', '/v1/cases', filing, headers);
    const reversed = Object.fromEntries(Object.entries(filing).reverse());
    const same = await as('data.service1', '/v1/cases', reversed, headers);
    expect(same.at('txId')).to.equal(first.at('txId'));
    const other = await as('data.service1', '/v1/cases', { ...filing, matterVersion: 2 }, headers);
    expect([other.status, other.at('code')]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
    const elsewhere = await as('offices.service1', '/v1/cases', filing, headers);
    expect(elsewhere.at('txId'), 'keys belong to their caller').to.not.equal(first.at('txId'));
  });

  it('repeats a refusal too', async () => {
    const headers = { 'idempotency-key': 'refused-once' };
    const body = { ...filing, materials: [] };
    const first = await as('data.service1', '/v1/cases', body, headers);
    const again = await as('data.service1', '/v1/cases', body, headers);
    expect(again.at('code')).to.equal('MATERIAL_MISSING');
    expect(again.at('details')).to.deep.equal(first.at('details'));
  });

  it('refuses an Idempotency-Key that is none', async () => {
    const answer = await as('data.service1', '/v1/cases', filing, {
      'idempotency-key': 'x'.repeat(201),
    });
    expect([answer.status, answer.at('code')]).to.deep.equal([400, 'IDEMPOTENCY_KEY_INVALID']);
  });

  it('holds an Idempotency-Key for a caller who signs, over all steps', async () => {
    const headers = { 'idempotency-key': 'signed' };
    const first = await world.api.post('data.clerk1', '/v1/cases', filing, headers);
    const repeat = await world.api.post('data.clerk1', '/v1/cases', filing, headers);
    expect(repeat.json).to.deep.equal(first.json);
    const endorsed = await world.api.step('data.clerk1', first, 'endorse');
    await world.api.step('data.clerk1', endorsed, 'submit');
    await world.api.get('data.clerk1', `/v1/transactions/${first.id}?wait=20`);
    const late = await world.api.post('data.clerk1', '/v1/cases', filing, headers);
    expect([late.status, late.id, late.at('state')]).to.deep.equal([200, first.id, 'committed']);
  });

  it('simulates again what lost a race, and tells the loser why when there is nothing left to do', async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        as('offices.service1', `/v1/cases/${caseNo}/receive`, { voucherNo: `V${n}` }),
      ),
    );
    const outcomes = answers.map((answer) => answer.at('code.name') ?? answer.at('code'));
    expect(outcomes.filter((outcome) => outcome === 'VALID')).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome === 'WRONG_STATE')).to.have.length(3);
  });

  it('gives every case its own number, also when two gateways issue for one task', async () => {
    const second = await world.another('second-gateway');
    const { ensureAccounts, apiKeysFile } = await import('@yici/gateway/testing');
    await second.close();
    const custody = join(world.directory, 'second-gateway', 'custody');
    const identity = await world.network.identity('establishment.service1');
    ensureAccounts(custody, [{ account: 'establishment.service1', ...identity }]);
    const reopened = await world.another('second-gateway');
    const { listen } = await import('./support/world.js');
    const url = await listen(reopened);
    const keys = JSON.parse(readFileSync(join(custody, apiKeysFile), 'utf8')) as Record<
      string,
      string
    >;
    const there = () =>
      fetch(`${url}/v1/cases`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${keys['establishment.service1']!}`,
        },
        body: JSON.stringify(filing),
      }).then((response) => response.json() as Promise<{ result?: { caseNo: string } }>);
    const here = () => as('data.service1', '/v1/cases', filing);
    try {
      const [fromHere, fromThere] = await Promise.all([
        Promise.all([1, 2, 3, 4, 5].map(here)),
        Promise.all([1, 2, 3, 4, 5].map(there)),
      ]);
      const numbers = [
        ...fromHere.map((answer) => answer.at('result.caseNo')),
        ...fromThere.map((answer) => answer.result?.caseNo),
      ];
      for (const number of numbers) expect(number).to.match(new RegExp(`^${taskCode}-`));
      expect(new Set(numbers).size).to.equal(10);
    } finally {
      await reopened.close();
    }
  });

  it('takes what the operator’s commands change at its next request: another key, and none', async () => {
    const name = 'data.service1';
    const state = join(world.directory, 'state');
    const { certificate, key } = departmentPaths(state, 'data').user(name).msp;
    const before = readFileSync(certificate);
    const renewal = ['keys', 'renew', 'user', name, '--new-key', '--dir', state];
    expect((await yiciNetworkHere(...renewal)).code).to.equal(0);
    const account = async (...args: string[]) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [program, 'account', ...args, '--state', world.directory, '--json'],
        { env: { YICI_CUSTODY_KEY: join(world.directory, 'gateway', 'custody.key') } },
      );
      return stdout;
    };
    const rotated = await account('rotate', name, '--certificate', certificate, '--key', key);
    expect(rotated).to.contain('"apiKey":true');
    const filed = await as(name, '/v1/cases', filing);
    expect(filed.at('state'), filed.text).to.equal('committed');
    const newest = await lastOf(readBlockFiles(dataFolder(state), 0n));
    const signedBy = [readFileSync(certificate), before].map((pem) => newest.includes(pem));
    expect(signedBy, 'with the new one, and not the one before').to.deep.equal([true, false]);
    expect(await account('revoke', name)).to.contain('"apiKey":false');
    expect((await as(name, '/v1/cases', filing)).status).to.equal(401);
  });
});

const program = fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing')));

async function lastOf(blocks: AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<Buffer> {
  let last: Uint8Array = Buffer.alloc(0);
  for await (const { bytes } of blocks) last = bytes;
  return Buffer.from(last);
}
