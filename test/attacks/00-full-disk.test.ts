import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Answer, Api } from '../integration/gateway/support/api.js';
import { filing, seed } from '../integration/gateway/support/story.js';
import { SmallDisk } from '../support/small-disk.js';
import { GatewayNode } from './support/gateway-node.js';

const size = 192 * 1024 * 1024;

describe('attack 0: a disk that is full', function () {
  this.timeout(300_000);
  const node = new GatewayNode();
  let disk: SmallDisk | undefined;
  let api: Api;
  let apiKey: string;
  /** Ids of transactions that the gateway answered for. */
  const promised = new Map<string, string>();

  before(async function () {
    if (!SmallDisk.available()) this.skip();
    disk = SmallDisk.mount(node.state, size);
    api = await node.start();
    await seed(api);
    const file = join(node.state, 'gateway', 'custody', 'api-keys.json');
    apiKey = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)['data.service1']!;
  });

  after(async () => {
    if (disk !== undefined) {
      await node.process.kill();
      disk.unmount();
    }
    await node.dispose();
  });

  /** Files with the key that the gateway keeps; notes what it promised. */
  const file = async (key: string): Promise<Answer> => {
    const headers = { 'idempotency-key': key };
    const answer = await api.call('POST', '/v1/cases?wait=2', {
      ...{ body: filing, token: apiKey, headers },
    });
    if (answer.status < 300) promised.set(answer.id, answer.str('state'));
    return answer;
  };

  const propose = async (): Promise<Answer> => {
    const answer = await api.post('data.clerk1', '/v1/cases', filing);
    if (answer.status < 300) promised.set(answer.id, answer.str('state'));
    return answer;
  };

  const until = async (ready: boolean): Promise<Answer> => {
    for (;;) {
      const answer = await api.call('GET', '/readyz');
      if ((answer.status === 200) === ready) return answer;
      await pause(100);
    }
  };

  it('is said at once: refused with a code, not ready, measured and logged, and readers are served', async () => {
    disk?.leave(0);
    const answers: Answer[] = [];
    for (let n = 0; n < 12; n += 1) answers.push(await file(`full-${n}`), await propose());
    const refused = answers.filter(({ status }) => status >= 300);
    expect(refused).to.not.have.length(0);
    for (const answer of refused) {
      const said = [answer.status, answer.at('code')];
      expect(said, answer.text).to.deep.equal([503, 'STORAGE_FAILED']);
      expect(answer.headers.get('retry-after')).to.equal('5');
    }
    const last = answers.slice(-2).map(({ status }) => status);
    expect(last, 'it goes on to refuse').to.deep.equal([503, 503]);
    const ready = await until(false);
    expect(ready.list('obstacles').join(' ')).to.match(/no space left|ENOSPC/i);
    const metrics = await api.call('GET', '/metrics');
    expect(metrics.text).to.match(/^yici_store_failing\{store="[\w ]+"\} 1$/m);
    expect((await api.get('data.clerk1', '/v1/cases')).status).to.equal(200);
  });

  it('heals without a restart when there is space again, and keeps every promise', async () => {
    disk?.release();
    await until(true);
    const done = await file('after');
    expect(done.at('state'), done.text).to.equal('committed');
    const token = apiKey;
    for (const id of promised.keys()) {
      const user = await api.call('GET', `/v1/transactions/${id}?wait=20`, { token });
      const clerk = await api.get('data.clerk1', `/v1/transactions/${id}`);
      expect([user.status, clerk.status], id).to.include(200);
    }
  });

  it('has kept every promise after kill -9 and a restart too', async () => {
    await node.process.kill();
    api = await node.start();
    const token = apiKey;
    for (const [id, state] of promised) {
      const own = await api.call('GET', `/v1/transactions/${id}?wait=20`, { token });
      const found =
        own.status === 200 ? own : await api.get('data.clerk1', `/v1/transactions/${id}`);
      expect(found.status, `${id} was ${state}: ${found.text}`).to.equal(200);
      if (state !== 'proposed') expect(found.at('state'), id).to.equal('committed');
    }
  });
});
