import { readIdentityFolder } from '@yici/client';
import { type DemoData, loadDemo, type LoadDemoOptions, readDemoData } from '@yici/client/testing';
import type { Words } from '@yici/domain/model';
import { expect } from 'chai';
import { RunningGateway } from '../support/gateway/running-gateway.js';

describe('item 15: a newcomer’s second command while the first still loads the demo’s data', function () {
  this.timeout(300_000);
  let gateway: RunningGateway;
  let data: DemoData;

  before(async () => {
    gateway = await RunningGateway.start();
    data = { ...(await readDemoData()), matters: [], oneThings: [] };
  });

  after(() => gateway.stop());

  const options = (): LoadDemoOptions => ({
    data,
    baseUrl: gateway.url,
    identities: (user) => readIdentityFolder(gateway.identity(user)),
  });

  it('waits and says so; two that load at once both come to their ends; nothing is left to do', async () => {
    const waited: string[] = [];
    const others: Promise<unknown>[] = [];
    let writes = 0;
    const onProgress = () => {
      writes += 1;
      if (writes !== 5) return;
      // One comes as `npm run demo` does, the other loads at once whatever stands there.
      const onWait = ({ en }: Words) => waited.push(en);
      others.push(loadDemo({ ...options(), patient: true, onWait }), loadDemo(options()));
    };
    await loadDemo({ ...options(), onProgress });
    expect(others).to.have.length(2);
    await Promise.all(others);
    expect(waited.join('\n')).to.contain('waiting for another loader');
    expect(await loadDemo(options())).to.deep.equal({ writes: 0 });
  });
});
